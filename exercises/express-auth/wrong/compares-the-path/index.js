const express = require('express');

const members = [
  { key: 'maple-31', name: 'Hamza' },
  { key: 'cedar-58', name: 'Maham' },
  { key: 'lotus-74', name: 'Zoya' },
];

const app = express();

function requireMember(req, res, next) {
  const key = req.get('X-Api-Key');
  if (!key) {
    return res.status(401).json({ error: 'Send your key in the header X-Api-Key' });
  }
  const member = members.find((one) => one.key === key);
  if (!member) {
    return res.status(403).json({ error: 'This key opens nothing' });
  }
  req.member = member;
  next();
}

app.get('/', (req, res) => {
  res.send('Everybody is welcome');
});

app.use((req, res, next) => {
  if (req.path.startsWith('/members/')) return requireMember(req, res, next);
  next();
});

app.get('/members/me', (req, res) => {
  res.json({ name: req.member.name });
});

app.get('/members/news', (req, res) => {
  res.send('The club meets under the old bridge');
});

app.post('/members/messages', (req, res) => {
  res.status(201).send('Message pinned to the board');
});

app.listen(3000, (error) => {
  if (error) throw error;
  console.log('Listening on http://localhost:3000/');
});
