const express = require('express');
const path = require('node:path');

const app = express();

app.set('view engine', 'ejs');
app.set('views', path.join(__dirname, 'views'));

const banner = 'Summer sale: <em>everything</em> at half price';

app.get('/search', (req, res) => {
  const { q = '' } = req.query;
  res.render('search', { q, banner });
});

app.listen(3000, (error) => {
  if (error) throw error;
  console.log('Listening on http://localhost:3000/');
});
