const fs = require('node:fs');

const [file, size] = process.argv.slice(2);
let chunks = 0;
let bytes = 0;
const stream = fs.createReadStream(file, size ? { highWaterMark: Number(size) } : {});
stream.on('data', (chunk) => {
  chunks += 1;
  bytes += chunk.length;
});
console.log(`chunks: ${chunks}`);
console.log(`bytes: ${bytes}`);
