const fs = require('node:fs');

const [file] = process.argv.slice(2);
const data = fs.readFileSync(file);
console.log(`chunks: ${data.length > 0 ? 1 : 0}`);
console.log(`bytes: ${data.length}`);
