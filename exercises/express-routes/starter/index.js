const express = require('express');

const app = express();

app.get('/', (req, res) => {
  res.send('Welcome to the tea house');
});

// The other routes: GET /menu, then POST, PUT and DELETE /orders.

// At the end, what takes everything else.

app.listen(3000, (error) => {
  if (error) throw error;
  console.log('Listening on http://localhost:3000/');
});
