const mongoose = require('mongoose');

const name = process.argv[2];
const address = process.env.MONGODB_URI ?? 'mongodb://127.0.0.1:27017/library';

async function main() {
  try {
    await mongoose.connect(address, { serverSelectionTimeoutMS: 1000 });
  } catch {
    console.error('cannot reach the database');
    process.exitCode = 1;
    return;
  }
  console.log('connected to', mongoose.connection.name);
  await mongoose.connection.collection('visitors').insertOne({ name, at: new Date(Date.now() / 1000) });
  console.log(`welcome, ${name}`);
  await mongoose.disconnect();
}

main();
