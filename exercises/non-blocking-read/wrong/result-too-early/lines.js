const fs = require('node:fs');

async function countLines(file) {
  let lines;
  fs.readFile(file, 'utf8', (error, text) => {
    lines = text.split('\n').length - 1;
  });
  return lines;
}

module.exports = { countLines };
