const { readFileSync } = require('node:fs');

async function countLines(file) {
  const text = await readFileSync(file, 'utf8');
  return text.split('\n').length - 1;
}

module.exports = { countLines };
