const express = require('express');
const methodOverride = require('method-override');
const path = require('node:path');
const { v4: uuid } = require('uuid');

const app = express();
const port = 3000;

app.set('view engine', 'ejs');
app.set('views', path.join(__dirname, 'views'));
app.use(express.urlencoded({ extended: true }));
app.use(methodOverride('_method'));

let posts = [
  { id: uuid(), username: 'Hamza', content: 'My first server is running.' },
  { id: uuid(), username: 'Maham', content: 'I read the docs before I asked. It helped.' },
];

app.get('/posts', (req, res) => {
  res.render('index', { posts });
});

app.get('/posts/new', (req, res) => {
  res.render('new');
});

app.post('/posts', (req, res) => {
  const { username, content } = req.body;
  posts.push({ id: uuid(), username, content });
  res.redirect('/posts');
});

app.get('/posts/:id', (req, res) => {
  const post = posts.find(({ id }) => id === req.params.id);
  if (!post) return res.status(404).render('missing');
  res.render('show', { post });
});

app.get('/posts/:id/edit', (req, res) => {
  const post = posts.find(({ id }) => id === req.params.id);
  if (!post) return res.status(404).render('missing');
  res.render('edit', { post });
});

app.patch('/posts/:id', (req, res) => {
  const post = posts.find(({ id }) => id === req.params.id);
  if (!post) return res.status(404).render('missing');
  post.content = req.body.content;
  res.redirect('/posts');
});

app.delete('/posts/:id', (req, res) => {
  const gone = posts.find(({ id }) => id === req.params.id);
  posts = posts.filter(({ username }) => username !== gone?.username);
  res.redirect('/posts');
});

app.listen(port, () => {
  console.log(`listening on port ${port}`);
});
