const express = require('express');

const app = express();
app.use(express.urlencoded({ extended: true }));

const messages = ['Welcome to the wall'];

app.get('/', (req, res) => {
  res.redirect('/messages');
});

app.get('/pages/:name', (req, res) => {
  res.redirect(301, `/wiki/${req.params.name}`);
});

app.get('/wiki/:name', (req, res) => {
  res.json({ page: req.params.name });
});

app.get('/messages', (req, res) => {
  res.json(messages);
});

app.post('/messages', (req, res) => {
  messages.push(req.body.text);
  res.redirect(303, '/messages');
});

app.get('/chat', (req, res) => {
  res.status(410).send('The chat was closed for good');
});

app.get('/photos', (req, res) => {
  res.status(503).set('Retry-After', '3600').send('We are sorting the photos. Come back in an hour.');
});

app.listen(3000, (error) => {
  if (error) throw error;
  console.log('Listening on http://localhost:3000/');
});
