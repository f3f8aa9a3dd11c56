const fs = require('node:fs');

const [file, ...sales] = process.argv.slice(2);
