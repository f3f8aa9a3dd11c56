const fs = require('node:fs');
const readline = require('node:readline');

const lines = [];
const reader = readline.createInterface({ input: fs.createReadStream(process.argv[2]) });
reader.on('line', (line) => lines.push(line));
reader.on('close', () => console.log(lines.length));
