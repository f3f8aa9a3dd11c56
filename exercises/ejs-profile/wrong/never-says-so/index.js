const express = require('express');
const path = require('node:path');
const users = require('./data/users.json');

const app = express();

app.set('view engine', 'ejs');
app.set('views', path.join(__dirname, 'views'));
app.use(express.static(path.join(__dirname, 'public')));

app.get('/', (req, res) => {
  res.send('<h1>Photo wall</h1>');
});

app.get('/ig/:username', (req, res) => {
  const { username } = req.params;
  const user = users.find((one) => one.username === username);
  if (!user) {
    return res.status(404).render('error', { username });
  }
  res.render('profile', { user });
});

app.listen(3000, (error) => {
  if (error) throw error;
  console.log('Listening on http://localhost:3000/');
});
