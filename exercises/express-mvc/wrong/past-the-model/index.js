const express = require('express');
const { mount } = require('./settings.json');
const books = require('./routes/books');
const errors = require('./middlewares/errors');

const app = express();

app.use(express.json());
app.use(mount, books);
app.use((req, res) => {
  res.status(404).json({ error: 'Not found' });
});
app.use(errors);

app.listen(3000, (error) => {
  if (error) throw error;
  console.log(`Listening on http://localhost:3000${mount}`);
});
