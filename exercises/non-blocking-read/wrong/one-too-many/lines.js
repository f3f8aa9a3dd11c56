const fs = require('node:fs');

async function countLines(file) {
  const text = await fs.promises.readFile(file, 'utf8');
  return text.split('\n').length;
}

module.exports = { countLines };
