const express = require('express');

const app = express();
app.use(express.urlencoded({ extended: true }));

const messages = ['Welcome to the wall'];

app.get('/wiki/:name', (req, res) => {
  res.json({ page: req.params.name });
});

app.get('/messages', (req, res) => {
  res.json(messages);
});

// The redirects: GET /, GET /pages/:name, POST /messages.

// The two closed doors: GET /chat, GET /photos.

app.listen(3000, (error) => {
  if (error) throw error;
  console.log('Listening on http://localhost:3000/');
});
