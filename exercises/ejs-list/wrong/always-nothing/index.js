const express = require('express');
const path = require('node:path');
const products = require('./products.json');

const app = express();

app.set('view engine', 'ejs');
app.set('views', path.join(__dirname, 'views'));

app.get('/products', (req, res) => {
  res.render('products', { products });
});

app.listen(3000, (error) => {
  if (error) throw error;
  console.log('Listening on http://localhost:3000/');
});
