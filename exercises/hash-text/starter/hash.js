const { createHash } = require('node:crypto');

const [first, second] = process.argv.slice(2);
