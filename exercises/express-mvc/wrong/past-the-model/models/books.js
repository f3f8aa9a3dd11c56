const books = require('../data/books.json');

/** All books. */
function all() {
  return books;
}

/** The book with this id, or undefined. */
function find(id) {
  return books.find((book) => book.id === Number(id));
}

/** Adds a book and gives it back, with its id. */
function add(title) {
  const id = Math.max(0, ...books.map((book) => book.id)) + 1;
  const book = { id, title };
  books.push(book);
  return book;
}

module.exports = { all, find, add };
