const path = require('node:path');
const express = require('express');
const methodOverride = require('method-override');
const mongoose = require('mongoose');
const Chat = require('./models/chat');

const app = express();
const port = 3000;

app.set('view engine', 'ejs');
app.set('views', path.join(__dirname, 'views'));
app.use(express.urlencoded({ extended: true }));
app.use(methodOverride('_method'));

app.param('id', (req, res, next, id) => {
  if (!mongoose.isValidObjectId(id)) return res.status(404).render('problem', { text: 'There is no such chat.' });
  next();
});

app.get('/chats', async (req, res) => {
  const chats = await Chat.find().sort({ created_at: -1 });
  res.render('index', { chats });
});

app.get('/chats/new', (req, res) => {
  res.render('new');
});

app.post('/chats', async (req, res) => {
  const { from, to, msg } = req.body;
  const chat = new Chat({ from, to, msg, created_at: new Date() });
  await chat.save();
  res.redirect('/chats');
});

app.get('/chats/:id/edit', async (req, res) => {
  const chat = await Chat.findById(req.params.id);
  if (!chat) return res.status(404).render('problem', { text: 'There is no such chat.' });
  res.render('edit', { chat });
});

app.put('/chats/:id', async (req, res) => {
  const { msg } = req.body;
  const chat = await Chat.findByIdAndUpdate(req.params.id, { msg }, { runValidators: true });
  if (!chat) return res.status(404).render('problem', { text: 'There is no such chat.' });
  res.redirect('/chats');
});

app.delete('/chats/:id', async (req, res) => {
  const { from, to } = await Chat.findById(req.params.id);
  await Chat.deleteMany({ from, to });
  res.redirect('/chats');
});

app.use((error, req, res, next) => {
  if (error.name !== 'ValidationError') return next(error);
  const text = Object.values(error.errors).map(({ message }) => message).join(' ');
  res.status(400).render('problem', { text });
});

async function main() {
  await mongoose.connect(process.env.MONGODB_URI ?? 'mongodb://127.0.0.1:27017/chats');
  app.listen(port, () => {
    console.log(`http://localhost:${port}/chats`);
  });
}

main();
