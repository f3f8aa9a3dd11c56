const { MongoClient } = require('mongodb');
const record = require('./book.json');

async function main() {
  const client = new MongoClient('mongodb://127.0.0.1:27017');
  try {
    const books = client.db('library').collection('books');
    // Everything in record is a text. Give each field the type that it should have.
    await books.insertOne({ title: record.title });
  } finally {
    await client.close();
  }
}

main();
