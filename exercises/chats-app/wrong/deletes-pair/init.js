// Start by hand, once: node init.js
const mongoose = require('mongoose');
const Chat = require('./models/chat');

async function main() {
  await mongoose.connect(process.env.MONGODB_URI ?? 'mongodb://127.0.0.1:27017/chats');
  await Chat.deleteMany({});
  await Chat.insertMany([
    { from: 'Sana', to: 'Bilal', msg: 'Did you send the exam sheets?', created_at: new Date() },
    { from: 'Bilal', to: 'Sana', msg: 'They are on your desk.', created_at: new Date() },
  ]);
  await mongoose.disconnect();
}

main();
