const fs = require('node:fs');

const [file, count] = process.argv.slice(2);
const dots = '.'.repeat(991);

const stream = fs.createWriteStream(file);
for (let number = 1; number <= Number(count); number++) {
  stream.write(`${1_000_000 + number} ${dots}\n`);
}
stream.end(() => console.log(`${count} readings written`));
