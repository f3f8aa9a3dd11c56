const fs = require('node:fs');
const { once } = require('node:events');

const [file, count] = process.argv.slice(2);
const dots = '.'.repeat(991);

async function main() {
  const stream = fs.createWriteStream(file);
  for (let number = 1; number <= Number(count); number++) {
    const line = `${1_000_000 + number} ${dots}\n`;
    if (!stream.write(line)) {
      await once(stream, 'drain');
      stream.write(line);
    }
  }
  stream.end(() => console.log(`${count} readings written`));
}

main();
