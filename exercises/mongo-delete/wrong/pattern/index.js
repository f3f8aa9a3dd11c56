const { MongoClient } = require('mongodb');

const [command, value] = process.argv.slice(2);

async function main() {
  if (command === 'without' && value === undefined) {
    console.error('Give the name of an author.');
    process.exitCode = 1;
    return;
  }
  const client = new MongoClient('mongodb://127.0.0.1:27017');
  try {
    await work(client.db('library'));
  } finally {
    await client.close();
  }
}

async function work(library) {
  const books = library.collection('books');
  if (command === 'lost') print(await books.deleteOne({ title: new RegExp(value) }));
  if (command === 'without') print(await books.deleteMany({ author: new RegExp(value) }));
  if (command === 'empty') print(await books.deleteMany({}));
  if (command === 'close') await library.dropDatabase();
}

function print(result) {
  console.log(`${result.deletedCount} deleted`);
}

main();
