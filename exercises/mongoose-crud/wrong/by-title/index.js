const mongoose = require('mongoose');
const Book = require('./models/book');

function fail() {
  console.error('no such book');
  process.exitCode = 1;
}

async function add(title, pages) {
  const book = new Book({ title, pages });
  await book.save();
  console.log(book.id);
}

async function list(least = 0) {
  const books = await Book.find({ pages: { $gt: least } }).sort({ pages: -1 });
  for (const { title } of books) console.log(title);
}

async function show(id) {
  if (!mongoose.isValidObjectId(id)) return fail();
  const book = await Book.findById(id);
  if (!book) return fail();
  console.log(`${book.title}, ${book.pages} pages, ${book.finished ? 'finished' : 'open'}`);
}

async function finish(id) {
  if (!mongoose.isValidObjectId(id)) return fail();
  const book = await Book.findById(id);
  if (!book) return fail();
  await Book.updateOne({ title: book.title }, { finished: true });
  console.log(`finished ${book.title}`);
}

async function remove(id) {
  if (!mongoose.isValidObjectId(id)) return fail();
  const book = await Book.findByIdAndDelete(id);
  if (!book) return fail();
  console.log(`removed ${book.title}`);
}

async function main() {
  const commands = { add, list, show, finish, remove };
  const [command, ...rest] = process.argv.slice(2);
  await mongoose.connect(process.env.MONGODB_URI ?? 'mongodb://127.0.0.1:27017/library');
  await commands[command](...rest);
  await mongoose.disconnect();
}

main();
