const express = require('express');
const path = require('node:path');

const app = express();


app.get('/register', (req, res) => {
  res.sendFile(path.join(__dirname, 'register.html'));
});

app.post('/register', (req, res) => {
  const { user, age } = req.body;
  if (!user) {
    return res.status(400).json({ error: 'Tell us your name' });
  }
  res.status(201).json({ user, age: Number(age) });
});

app.use(express.urlencoded({ extended: true }));
app.use(express.json());

app.listen(3000, (error) => {
  if (error) throw error;
  console.log('Listening on http://localhost:3000/');
});
