const fs = require('node:fs');

function countLines(file) {
  const text = fs.readFileSync(file, 'utf8');
  return text.split('\n').length - 1;
}

module.exports = { countLines };
