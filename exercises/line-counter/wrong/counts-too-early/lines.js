const fs = require('node:fs');

let count = 0;
const stream = fs.createReadStream(process.argv[2]);
stream.on('data', (chunk) => {
  for (const byte of chunk) if (byte === 10) count++;
});
console.log(count);
