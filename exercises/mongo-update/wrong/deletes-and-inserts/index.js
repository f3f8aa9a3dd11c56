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
      return students.updateMany({ city: value }, { $set: { city: other } });
    case 'fresh':
      return replace(students);
    default:
      throw new Error(`no command ${command}`);
  }
}

async function replace(students) {
  const { deletedCount } = await students.deleteOne({ name: value });
  if (deletedCount > 0) await students.insertOne({ name: value, city: other });
  return { modifiedCount: deletedCount };
}

main();
