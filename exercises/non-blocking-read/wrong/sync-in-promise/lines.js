const fs = require('node:fs');

function countLines(file) {
  return new Promise((resolve) => {
    const text = fs.readFileSync(file, 'utf8');
    resolve(text.split('\n').length - 1);
  });
}

module.exports = { countLines };
