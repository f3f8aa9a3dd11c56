const express = require('express');
const path = require('node:path');

const app = express();

app.use(express.static(path.join(__dirname, 'public')));
app.get(['/index.js', '/app.js', '/server.js'], (req, res) => {
  res.status(404).send('We do not bake that.');
});
app.use(express.static(__dirname));

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
