const { MongoClient, ObjectId } = require('mongodb');

const [command, value, other] = process.argv.slice(2);

async function main() {
  const client = new MongoClient('mongodb://127.0.0.1:27017');
  try {
    const students = client.db('school').collection('students');
    // Your code goes here.
  } finally {
    await client.close();
  }
}

main();
