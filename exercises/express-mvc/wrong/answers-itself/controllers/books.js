const model = require('../models/books');

function httpError(status, message) {
  return Object.assign(new Error(message), { status });
}

exports.list = (req, res) => {
  res.json(model.all());
};

exports.show = (req, res) => {
  const book = model.find(req.params.id);
  if (!book) return res.status(404).json({ error: 'No such book' });
  res.json(book);
};

exports.create = (req, res) => {
  const { title } = req.body ?? {};
  if (!title) throw httpError(400, 'A book needs a title');
  const book = model.add(title);
  res.status(201).location(`${req.baseUrl}/${book.id}`).json(book);
};
