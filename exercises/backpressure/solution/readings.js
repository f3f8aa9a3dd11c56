const fs = require('node:fs');
const { once } = require('node:events');

const [file, count] = process.argv.slice(2);
const dots = '.'.repeat(991);

async function main() {
  const stream = fs.createWriteStream(file);
  for (let number = 1; number <= Number(count); number++) {
    const hasRoom = stream.write(`${1_000_000 + number} ${dots}\n`);
    if (!hasRoom) await once(stream, 'drain');
  }
  stream.end();
  await once(stream, 'finish');
  console.log(`${count} readings written`);
}

main();
