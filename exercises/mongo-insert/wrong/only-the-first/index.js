const { MongoClient } = require('mongodb');

async function main() {
  const client = new MongoClient('mongodb://127.0.0.1:27017');
  const [roll, name, city] = process.argv.slice(2);
  try {
    const students = client.db('school').collection('students');
    if (roll === undefined) {
      const [first] = require('./students.json');
      await students.insertOne(first);
      console.log('added 1');
    } else {
      const result = await students.insertOne({ _id: Number(roll), name, city });
      console.log(`added ${result.insertedId}`);
    }
  } catch (error) {
    if (error.code !== 11000) throw error;
    console.error(`${roll} is taken`);
    process.exitCode = 1;
  } finally {
    await client.close();
  }
}

main();
