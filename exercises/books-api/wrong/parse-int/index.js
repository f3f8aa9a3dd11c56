const express = require('express');
const mongoose = require('mongoose');
const Book = require('./models/book');

const FIELDS = ['title', 'author', 'year', 'isbn'];

class ApiError extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

function fieldsOf(body = {}) {
  return Object.fromEntries(FIELDS.filter((name) => body[name] !== undefined).map((name) => [name, body[name]]));
}

function readNumber(text, name) {
  const number = Number.parseInt(text, 10);
  if (!Number.isInteger(number) || number < 1) throw new ApiError(400, `${name} must be a whole number from 1 on`);
  return number;
}

function found(book) {
  if (!book) throw new ApiError(404, 'There is no such book');
  return book;
}

const app = express();
app.use(express.json());

app.param('id', (req, res, next, id) => {
  next(mongoose.isValidObjectId(id) ? undefined : new ApiError(404, 'There is no such book'));
});

app.get('/api/books', async (req, res) => {
  const page = readNumber(req.query.page ?? 1, 'page');
  const limit = readNumber(req.query.limit ?? 10, 'limit');
  const filter = req.query.author === undefined ? {} : { author: String(req.query.author) };
  const [data, total] = await Promise.all([
    Book.find(filter).sort({ title: 1, _id: 1 }).skip((page - 1) * limit).limit(limit),
    Book.countDocuments(filter),
  ]);
  res.json({ data, total, page, limit });
});

app.post('/api/books', async (req, res) => {
  const book = await Book.create(fieldsOf(req.body));
  res.status(201).json(book);
});

app.get('/api/books/:id', async (req, res) => {
  const book = await Book.findById(req.params.id);
  res.json(found(book));
});

app.patch('/api/books/:id', async (req, res) => {
  const changes = fieldsOf(req.body);
  const options = { runValidators: true, returnDocument: 'after' };
  const book = await Book.findByIdAndUpdate(req.params.id, changes, options);
  res.json(found(book));
});

app.delete('/api/books/:id', async (req, res) => {
  const book = await Book.findByIdAndDelete(req.params.id);
  found(book);
  res.status(204).end();
});

app.use((req, res) => {
  throw new ApiError(404, 'There is no such address');
});

app.use((error, req, res, next) => {
  if (error.name === 'ValidationError' || error.name === 'CastError') {
    const errors = Object.entries(error.errors ?? { [error.path]: error });
    const fields = Object.fromEntries(errors.map(([name, { message }]) => [name, message]));
    res.status(400).json({ error: { message: 'Some fields are wrong', fields } });
  } else if (error.code === 11000) {
    res.status(409).json({ error: { message: 'Another book has this isbn' } });
  } else {
    const { status = 500, message } = error;
    res.status(status).json({ error: { message: status === 500 ? 'Something went wrong' : message } });
  }
});

async function main() {
  await mongoose.connect(process.env.MONGODB_URI ?? 'mongodb://127.0.0.1:27017/library');
  await Book.init();
  app.listen(3000, () => {
    console.log('http://localhost:3000/api/books');
  });
}

main();
