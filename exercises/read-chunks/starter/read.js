const fs = require('node:fs');

const [file] = process.argv.slice(2);
const stream = fs.createReadStream(file);
// Listen to its events.
