const fs = require('node:fs');

const [file, count] = process.argv.slice(2);
const dots = '.'.repeat(991);
