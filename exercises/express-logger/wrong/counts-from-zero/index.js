const express = require('express');

const app = express();
let count = 0;

app.use((req, res, next) => {
  console.log(`${req.method} ${req.originalUrl}`);
  next();
});

app.use((req, res, next) => {
  res.set('X-Request-Number', String(count));
  count += 1;
  next();
});

app.get('/tea', (req, res) => {
  res.send('A cup of tea');
});

app.post('/orders', (req, res) => {
  res.status(201).send('Order taken');
});

app.get('/secret', (req, res) => {
  res.status(403).send('Not for you');
});

app.listen(3000, (error) => {
  if (error) throw error;
  console.log('Listening on http://localhost:3000/');
});
