const fs = require('node:fs');

async function countLines(file) {
  const text = fs.promises.readFile(file, 'utf8');
  return text.split('\n').length - 1;
}

module.exports = { countLines };
