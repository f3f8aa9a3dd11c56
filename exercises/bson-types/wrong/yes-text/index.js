const { MongoClient, ObjectId } = require('mongodb');
const record = require('./book.json');

async function main() {
  const client = new MongoClient('mongodb://127.0.0.1:27017');
  try {
    const books = client.db('library').collection('books');
    await books.insertOne({
      title: record.title,
      pages: Number(record.pages),
      inPrint: record.inPrint,
      published: new Date(record.published),
      author: new ObjectId(record.author),
      tags: record.tags.split(','),
    });
  } finally {
    await client.close();
  }
}

main();
