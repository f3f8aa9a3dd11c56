const path = require('node:path');
const express = require('express');
const methodOverride = require('method-override');
const mongoose = require('mongoose');
const Chat = require('./models/chat');

const app = express();
const port = 3000;

app.set('view engine', 'ejs');
app.set('views', path.join(__dirname, 'views'));

// Your middleware and your routes.

app.listen(port, () => {
  console.log(`http://localhost:${port}/chats`);
});
