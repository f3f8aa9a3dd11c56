const fs = require('node:fs');

const [file, ...sales] = process.argv.slice(2);

const stream = fs.createWriteStream(file, { flags: 'a' });
stream.on('error', (error) => {
  console.error(error.message);
  process.exitCode = 1;
});
stream.on('finish', () => {
  console.log(`${stream.bytesWritten} bytes written`);
});

let total = 0;
sales.forEach((sale, index) => {
  total += Number(sale);
  stream.write(`sale ${index + 1}: ${sale}\n`);
});
stream.end(`total: ${total}\n`);
