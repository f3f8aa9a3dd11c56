const express = require('express');
const path = require('node:path');

const app = express();
const port = 3000;

app.set('view engine', 'ejs');
app.set('views', path.join(__dirname, 'views'));
app.use(express.urlencoded({ extended: true }));

const posts = [
  { username: 'Hamza', content: 'My first server is running.' },
  { username: 'Maham', content: 'I read the docs before I asked. It helped.' },
];

app.get('/posts', (req, res) => {
  res.render('index', { posts });
});

app.get('/posts/new', (req, res) => {
  res.render('new');
});

app.post('/posts', (req, res) => {
  const { username, content } = req.body;
  posts.push({ username, content });
  res.redirect('/posts');
});

app.listen(port, () => {
  console.log(`listening on port ${port}`);
});
