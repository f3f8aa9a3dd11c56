const { pipeline } = require('node:stream/promises');
const { createCsvToJson } = require('./csv.js');

pipeline(process.stdin, createCsvToJson(), process.stdout);
