const { MongoClient } = require('mongodb');

const client = new MongoClient('mongodb://127.0.0.1:27017');
client.connect();
const students = client.db('school').collection('students');
const [roll, name, city] = process.argv.slice(2);

if (roll) {
  students.insertOne({ _id: Number(roll), name, city });
  console.log(`added ${roll}`);
} else {
  const list = require('./students.json');
  students.insertMany(list);
  console.log(`added ${list.length}`);
}
client.close();
