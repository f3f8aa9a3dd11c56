const express = require('express');
const path = require('node:path');

const app = express();
const port = 3000;

app.set('view engine', 'ejs');
app.set('views', path.join(__dirname, 'views'));

const posts = [
  { username: 'Hamza', content: 'My first server is running.' },
  { username: 'Maham', content: 'I read the docs before I asked. It helped.' },
];

// Your middleware and your routes.

app.listen(port, () => {
  console.log(`listening on port ${port}`);
});
