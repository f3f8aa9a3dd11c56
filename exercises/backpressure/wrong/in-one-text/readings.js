const fs = require('node:fs');

const [file, count] = process.argv.slice(2);
const dots = '.'.repeat(991);

let text = '';
for (let number = 1; number <= Number(count); number++) {
  text += `${1_000_000 + number} ${dots}\n`;
}
fs.writeFileSync(file, text);
console.log(`${count} readings written`);
