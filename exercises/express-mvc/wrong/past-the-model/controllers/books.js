const model = require('../models/books');
const books = require('../data/books.json');

function httpError(status, message) {
  return Object.assign(new Error(message), { status });
}

exports.list = (req, res) => {
  res.json(books);
};

exports.show = (req, res) => {
  const book = books.find(({ id }) => id === Number(req.params.id));
  if (!book) throw httpError(404, 'No such book');
  res.json(book);
};

exports.create = (req, res) => {
  const { title } = req.body ?? {};
  if (!title) throw httpError(400, 'A book needs a title');
  const book = model.add(title);
  res.status(201).location(`${req.baseUrl}/${book.id}`).json(book);
};
