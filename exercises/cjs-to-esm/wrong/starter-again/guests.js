const fs = require('node:fs');
const path = require('node:path');

function readGuests() {
  const text = fs.readFileSync(path.join(__dirname, 'names.txt'), 'utf8');
  return text.trim().split('\n');
}

module.exports = { readGuests };
