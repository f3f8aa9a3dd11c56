const fs = require('node:fs');

const LINE_BREAK = 10;

let count = 0;
let last;

const stream = fs.createReadStream(process.argv[2]);
stream.on('data', (chunk) => {
  for (const byte of chunk) {
    if (byte === LINE_BREAK) count += 1;
  }
  last = chunk.at(-1);
});
stream.on('end', () => {
  if (last !== undefined && last !== LINE_BREAK) count += 1;
  console.log(count);
});
