const express = require('express');
const methodOverride = require('method-override');
const path = require('node:path');
const { v4: uuid } = require('uuid');

const app = express();
const port = 3000;

app.set('view engine', 'ejs');
app.set('views', path.join(__dirname, 'views'));

let posts = [
  { id: uuid(), username: 'Hamza', content: 'My first server is running.' },
  { id: uuid(), username: 'Maham', content: 'I read the docs before I asked. It helped.' },
];

// Your middleware and your routes.

app.listen(port, () => {
  console.log(`listening on port ${port}`);
});
