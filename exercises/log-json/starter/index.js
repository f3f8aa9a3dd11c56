const express = require('express');

const app = express();
app.use(express.json());

app.get('/items/:name', (req, res) => {
  res.send(`One ${req.params.name}.`);
});

app.post('/login', (req, res) => {
  res.status(req.body.password === 'open' ? 200 : 401).end();
});

app.get('/broken', () => {
  throw new Error('The oven is cold.');
});

app.listen(3000);
