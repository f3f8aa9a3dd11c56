const express = require('express');

const users = [
  { username: 'hamza', city: 'Lahore' },
  { username: 'maham', city: 'Karachi' },
  { username: 'zoya', city: 'Quetta' },
  { username: 'bilal', city: 'Multan' },
];

const app = express();

app.get('/hello/:name', (req, res) => {
  const { name } = req.params;
  res.json({ message: `Hello, ${name}!` });
});

app.get('/sum/:a/:b', (req, res) => {
  const a = Number.parseFloat(req.params.a);
  const b = Number.parseFloat(req.params.b);
  if (Number.isNaN(a) || Number.isNaN(b)) {
    return res.status(400).json({ error: 'Two numbers, please' });
  }
  res.json({ sum: a + b });
});

app.get('/users/:username', (req, res) => {
  const user = users.find(({ username }) => username === req.params.username);
  if (!user) {
    return res.status(404).json({ error: 'No such user' });
  }
  res.json(user);
});

app.listen(3000, (error) => {
  if (error) throw error;
  console.log('Listening on http://localhost:3000/');
});
