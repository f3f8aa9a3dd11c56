const mongoose = require('mongoose');
const Book = require('./models/book');

const [command, ...rest] = process.argv.slice(2);
