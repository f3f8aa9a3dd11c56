const express = require('express');

const members = [
  { key: 'maple-31', name: 'Hamza' },
  { key: 'cedar-58', name: 'Maham' },
  { key: 'lotus-74', name: 'Zoya' },
];

const app = express();

app.get('/', (req, res) => {
  res.send('Everybody is welcome');
});

// Keep strangers out here.

app.get('/members/me', (req, res) => {
  // Answer with the member's name.
});

app.get('/members/news', (req, res) => {
  res.send('The club meets under the old bridge');
});

app.post('/members/messages', (req, res) => {
  res.status(201).send('Message pinned to the board');
});

app.listen(3000, (error) => {
  if (error) throw error;
  console.log('Listening on http://localhost:3000/');
});
