const { MongoClient } = require('mongodb');
const record = require('./book.json');

async function main() {
  const client = new MongoClient('mongodb://127.0.0.1:27017');
  try {
    const books = client.db('library').collection('books');
    await books.insertOne(record);
  } finally {
    await client.close();
  }
}

main();
