const { MongoClient } = require('mongodb');

async function main() {
  const client = new MongoClient('mongodb://127.0.0.1:27017');
  const [roll, name, city] = process.argv.slice(2);
  try {
    const students = client.db('school').collection('students');
    if (roll === undefined) {
      const list = require('./students.json').map(({ name, city, marks }) => ({ name, city, marks }));
      const result = await students.insertMany(list);
      console.log(`added ${result.insertedCount}`);
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
