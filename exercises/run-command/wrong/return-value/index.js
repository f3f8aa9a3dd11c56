const { exec } = require('node:child_process');

const file = process.argv[2];
const output = exec(`node words.js ${file}`);
console.log(`words.js says: ${output.stdout}`);
