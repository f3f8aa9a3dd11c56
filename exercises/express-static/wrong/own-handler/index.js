const express = require('express');
const path = require('node:path');

const app = express();

app.use((req, res) => {
  const name = req.path === '/' ? 'index.html' : req.path;
  res.sendFile(name, { root: path.join(__dirname, 'public') });
});

app.get('/hours', (req, res) => {
  res.json({ open: 6, close: 18 });
});

app.use((req, res) => {
  res.status(404).send('We do not bake that.');
});

app.listen(3000, (error) => {
  if (error) throw error;
  console.log('Listening on http://localhost:3000/');
});
