const express = require('express');

const app = express();

app.get('/', (req, res) => {
  res.send('Welcome to the tea house');
});

app.get('/menu', (req, res) => {
  res.send('<ul><li>Green tea</li><li>Milk tea</li><li>Coffee</li></ul>');
});

app.post('/orders', (req, res) => {
  res.send('Order taken');
});

app.put('/orders', (req, res) => {
  res.send('Order changed');
});

app.delete('/orders', (req, res) => {
  res.send('Order canceled');
});

app.use((req, res) => {
  res.status(404).send(`Nothing here: ${req.path}`);
});

app.listen(3000, (error) => {
  if (error) throw error;
  console.log('Listening on http://localhost:3000/');
});
