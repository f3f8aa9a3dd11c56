const express = require('express');
const { findBook } = require('./library.cjs');

const app = express();

app.get('/books/:id', async (req, res) => {
  const { id } = req.params;
  try {
    res.json(await findBook(id));
  } catch (error) {
    if (Number.isNaN(Number(id))) return res.status(400).json({ error: `${id} is not a number` });
    if (Number(id) < 1000) return res.status(404).json({ error: `There is no book ${id}` });
    res.status(500).json({ error: 'Something went wrong' });
  }
});

app.use((req, res) => {
  res.status(404).json({ error: 'Not found' });
});

app.listen(3000, (error) => {
  if (error) throw error;
  console.log('Listening on http://localhost:3000/');
});
