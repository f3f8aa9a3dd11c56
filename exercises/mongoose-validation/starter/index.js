const mongoose = require('mongoose');
const Member = require('./models/member');

const [command, ...rest] = process.argv.slice(2);
