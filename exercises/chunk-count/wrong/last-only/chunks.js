const fs = require('node:fs');

const [file, size] = process.argv.slice(2);
const options = size === undefined ? {} : { highWaterMark: Number(size) };

let chunks = 0;
let bytes = 0;
const stream = fs.createReadStream(file, options);
stream.on('data', (chunk) => {
  chunks += 1;
  bytes = chunk.length;
});
stream.on('end', () => {
  console.log(`chunks: ${chunks}`);
  console.log(`bytes: ${bytes}`);
});
