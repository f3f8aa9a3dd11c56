const { MongoClient } = require('mongodb');

const [command, value] = process.argv.slice(2);

async function main() {
  const client = new MongoClient('mongodb://127.0.0.1:27017');
  try {
    const library = client.db('library');
    // Your code goes here.
  } finally {
    await client.close();
  }
}

main();
