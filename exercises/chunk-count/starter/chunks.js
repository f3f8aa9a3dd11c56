const fs = require('node:fs');

const [file, size] = process.argv.slice(2);
