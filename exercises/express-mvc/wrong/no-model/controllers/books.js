const books = [
  { id: 1, title: 'The Long Road' },
  { id: 2, title: 'Salt and Honey' },
];
const model = {
  all: () => books,
  find: (id) => books.find((book) => book.id === Number(id)),
  add: (title) => books[books.push({ id: books.length + 1, title }) - 1],
};

function httpError(status, message) {
  return Object.assign(new Error(message), { status });
}

exports.list = (req, res) => {
  res.json(model.all());
};

exports.show = (req, res) => {
  const book = model.find(req.params.id);
  if (!book) throw httpError(404, 'No such book');
  res.json(book);
};

exports.create = (req, res) => {
  const { title } = req.body ?? {};
  if (!title) throw httpError(400, 'A book needs a title');
  const book = model.add(title);
  res.status(201).location(`${req.baseUrl}/${book.id}`).json(book);
};
