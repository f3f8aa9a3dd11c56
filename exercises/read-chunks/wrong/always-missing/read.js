const fs = require('node:fs');

const [file] = process.argv.slice(2);
const stream = fs.createReadStream(file);

let total = 0;
stream.on('data', (chunk) => {
  total += chunk.length;
  console.log(`data ${chunk.length}`);
});
stream.on('end', () => console.log(`end ${total}`));
stream.on('error', () => {
  console.error('error ENOENT');
  process.exitCode = 1;
});
stream.on('close', () => console.log('close'));
