const { MongoClient, ObjectId } = require('mongodb');

const [command, value, other] = process.argv.slice(2);

async function main() {
  const client = new MongoClient('mongodb://127.0.0.1:27017');
  try {
    const students = client.db('school').collection('students');
    if (command === 'city') await print(students.find({ city: new RegExp(value) }));
    if (command === 'above') await print(students.find({ marks: { $gt: Number(value) } }));
    if (command === 'either') await print(students.find({ city: { $in: [value, other] } }));
    if (command === 'id') printOne(await students.findOne({ _id: new ObjectId(value) }));
  } finally {
    await client.close();
  }
}

async function print(cursor) {
  const list = await cursor.toArray();
  for (const student of list) console.log(student.name);
}

function printOne(student) {
  if (student === null) {
    console.error(`nobody has the id ${value}`);
    process.exitCode = 1;
  } else {
    console.log(student.name);
  }
}

main();
