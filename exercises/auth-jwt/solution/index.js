const { readFileSync, writeFileSync } = require('node:fs');
const path = require('node:path');
const bcrypt = require('bcryptjs');
const express = require('express');
const jwt = require('jsonwebtoken');

const secret = process.env.JWT_SECRET;
const file = path.join(__dirname, 'users.json');

function readUsers() {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return [];
  }
}

const app = express();
app.use(express.json());

app.post('/register', async (req, res) => {
  const { email, password } = req.body;
  const users = readUsers();
  if (users.some((user) => user.email === email)) return res.status(409).json({ error: 'There is such a user.' });
  users.push({ email, hash: await bcrypt.hash(password, 10) });
  writeFileSync(file, JSON.stringify(users));
  res.sendStatus(201);
});

app.post('/login', async (req, res) => {
  const { email, password } = req.body;
  const user = readUsers().find((one) => one.email === email);
  const isRight = user !== undefined && (await bcrypt.compare(password, user.hash));
  if (!isRight) return res.status(401).json({ error: 'Wrong email or password.' });
  res.json({ token: jwt.sign({ email }, secret, { expiresIn: '1h' }) });
});

function authenticate(req, res, next) {
  const [kind, token] = (req.get('authorization') ?? '').split(' ');
  try {
    if (kind !== 'Bearer') throw new Error('no token');
    req.user = jwt.verify(token, secret);
    next();
  } catch {
    res.status(401).json({ error: 'Log in first.' });
  }
}

app.get('/me', authenticate, (req, res) => res.json({ email: req.user.email }));

app.listen(3000);
