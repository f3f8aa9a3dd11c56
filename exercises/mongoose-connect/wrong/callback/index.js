const mongoose = require('mongoose');

const name = process.argv[2];
const address = process.env.MONGODB_URI || 'mongodb://127.0.0.1:27017/library';

mongoose.connect(address, (error) => {
  if (error) {
    console.error('cannot reach the database');
    process.exit(1);
  }
  console.log('connected to', mongoose.connection.name);
  mongoose.connection.collection('visitors').insertOne({ name, at: new Date() }, () => {
    console.log('welcome, ' + name);
    mongoose.connection.close();
  });
});
