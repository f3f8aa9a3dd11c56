const fs = require('node:fs');

const [file] = process.argv.slice(2);
fs.readFile(file, 'utf8', (error, text) => {
  if (error) throw error;
  process.stdout.write(text);
});
