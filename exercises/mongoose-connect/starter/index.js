const mongoose = require('mongoose');

const name = process.argv[2];
