const express = require('express');
const mongoose = require('mongoose');
const Book = require('./models/book');

const app = express();

// Your middleware and your routes.

app.listen(3000, () => {
  console.log('http://localhost:3000/api/books');
});
