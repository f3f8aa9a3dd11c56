const express = require('express');

const app = express();

app.get('/', (req, res) => {
  res.send('<h1>Echo service</h1>');
  res.send('<p>Ask me anything.</p>');
});

app.get('/robots.txt', (req, res) => {
  res.type('text').send('User-agent: *');
});

app.all('/request', (req, res) => {
  res.json({ method: req.method, path: req.path, language: req.get('Accept-Language') });
});

app.get('/staff', (req, res) => {
  res.status(403).json({ error: 'Staff only' });
});

app.listen(3000, (error) => {
  if (error) throw error;
  console.log('Listening on http://localhost:3000/');
});
