const express = require('express');
const path = require('node:path');

const app = express();

app.get('/register', (req, res) => {
  res.sendFile(path.join(__dirname, 'register.html'));
});

// POST /register

app.listen(3000, (error) => {
  if (error) throw error;
  console.log('Listening on http://localhost:3000/');
});
