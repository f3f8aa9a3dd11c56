const fs = require('node:fs');

function countLines(file) {
  return Promise.resolve(fs.readFileSync(file, 'utf8').split('\n').length - 1);
}

module.exports = { countLines };
