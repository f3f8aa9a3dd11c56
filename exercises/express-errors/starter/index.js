const express = require('express');
const { findBook } = require('./library.cjs');

const app = express();

app.get('/books/:id', async (req, res) => {
  // Find the book and send it.
});

// What is left over, and the errors.

app.listen(3000, (error) => {
  if (error) throw error;
  console.log('Listening on http://localhost:3000/');
});
