const { MongoClient } = require('mongodb');

const [command, value, other] = process.argv.slice(2);

async function main() {
  const client = new MongoClient('mongodb://127.0.0.1:27017');
  try {
    const students = client.db('school').collection('students');
    const result = await change(students);
    console.log(`${result.modifiedCount} changed`);
  } finally {
    await client.close();
  }
}

function change(students) {
  switch (command) {
    case 'marks':
      return students.updateOne({ name: value }, { $set: { 'performance.marks': Number(other) } });
    case 'move':
      return students.updateMany({ city: new RegExp(value) }, { $set: { city: other } });
    case 'fresh':
      return students.replaceOne({ name: value }, { name: value, city: other });
    default:
      throw new Error(`no command ${command}`);
  }
}

main();
