const express = require('express');
const path = require('node:path');

const app = express();

app.set('view engine', 'ejs');
app.set('views', path.join(__dirname, 'views'));

app.get('/', (req, res) => {
  res.send('<h1>Photo wall</h1>');
});

// GET /ig/:username

app.listen(3000, (error) => {
  if (error) throw error;
  console.log('Listening on http://localhost:3000/');
});
