const express = require('express');
const path = require('node:path');

const app = express();

app.set('view engine', 'ejs');
app.set('views', path.join(__dirname, 'views'));

app.get('/rolldice', (req, res) => {
  const dice = Math.floor(Math.random() * 6) + 1;
  res.render('rolldice', { dice });
});

app.listen(3000, (error) => {
  if (error) throw error;
  console.log('Listening on http://localhost:3000/');
});
