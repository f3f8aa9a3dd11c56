const { createUpperCase } = require('./upper.js');

process.stdin.pipe(createUpperCase()).pipe(process.stdout);
