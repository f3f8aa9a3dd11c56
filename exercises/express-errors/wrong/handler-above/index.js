const express = require('express');
const { findBook } = require('./library.cjs');

const app = express();

app.use((err, req, res, next) => {
  if (err.status) {
    return res.status(err.status).json({ error: err.message });
  }
  console.error(err);
  res.status(500).json({ error: 'Something went wrong' });
});

app.get('/books/:id', async (req, res) => {
  const book = await findBook(req.params.id);
  res.json(book);
});

app.use((req, res) => {
  res.status(404).json({ error: 'Not found' });
});

app.listen(3000, (error) => {
  if (error) throw error;
  console.log('Listening on http://localhost:3000/');
});
