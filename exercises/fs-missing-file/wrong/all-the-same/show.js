const fs = require('node:fs');

const [file] = process.argv.slice(2);
fs.readFile(file, 'utf8', (error, text) => {
  if (error) {
    console.error(`no such file: ${file}`);
    process.exitCode = 1;
    return;
  }
  process.stdout.write(text);
});
