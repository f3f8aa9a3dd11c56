const express = require('express');

const books = [
  { id: 'b1', title: 'The Salt Road', genre: 'travel', year: 2011 },
  { id: 'b2', title: 'Bread for Beginners', genre: 'cooking', year: 2016 },
  { id: 'b3', title: 'The Patient Gardener', genre: 'garden', year: 2008 },
  { id: 'b4', title: 'Twelve Soups', genre: 'cooking', year: 2023 },
  { id: 'b5', title: 'By Night Train', genre: 'travel', year: 2019 },
  { id: 'b6', title: 'Roses and Radishes', genre: 'garden', year: 2020 },
];

const pages = {
  about: 'We lend books since 1962.',
  contact: 'Come to 7 Harbour Street.',
};

const app = express();

app.get('/books', (req, res) => {
  res.json(books);
});

app.get('/books/latest', (req, res) => {
  const [latest] = books.toSorted((a, b) => b.year - a.year);
  res.json(latest);
});

app.get('/books/genre/:genre', (req, res) => {
  res.json(books.filter(({ genre }) => genre === req.params.genre));
});

app.get('/books/:id', (req, res) => {
  const book = books.find(({ id }) => id === req.params.id);
  if (!book) return res.status(404).json({ error: 'no such book or field' });
  res.json(book);
});

app.get('/books/:id/:field', (req, res) => {
  const { id, field } = req.params;
  const book = books.find((one) => one.id === id);
  if (!book || book[field] === undefined) return res.status(404).json({ error: 'no such book or field' });
  res.json({ [field]: book[field] });
});

app.get('/:page', (req, res) => {
  const text = pages[req.params.page];
  if (text === undefined) return res.status(404).json({ error: 'no such page' });
  res.json({ text });
});

app.listen(3000);
