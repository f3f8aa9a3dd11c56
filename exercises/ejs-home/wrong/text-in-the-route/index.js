const express = require('express');
const path = require('node:path');

const app = express();

app.get('/', (req, res) => {
  const shelves = 3 * 4;
  res.send(`<h1>Lamp and Thread</h1><p>This shop has ${shelves} shelves.</p>`);
});

app.listen(3000, (error) => {
  if (error) throw error;
  console.log('Listening on http://localhost:3000/');
});
