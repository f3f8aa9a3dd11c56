const books = [
  { id: '1', title: 'The Long Road' },
  { id: '2', title: 'Birds of the Delta' },
  { id: '3', title: 'Salt and Honey' },
  { id: '4', title: 'A House in Gilgit' },
];

function httpError(status, message) {
  return Object.assign(new Error(message), { status });
}

/** Finds a book. The promise is rejected with an error, whose `status` is 400 or 404 where the request was wrong. */
async function findBook(id) {
  if (!/^\d+$/.test(id)) throw httpError(400, `${id} is not a number`);
  if (Number(id) >= 1000) throw new Error(`cannot open /var/data/shelf-${id}.db`);
  const book = books.find((one) => one.id === id);
  if (!book) throw httpError(404, `There is no book ${id}`);
  return book;
}

module.exports = { findBook };
