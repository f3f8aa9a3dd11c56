const fs = require('node:fs');

const [from, to] = process.argv.slice(2);
const source = fs.createReadStream(from);
source.on('error', (error) => {
  console.error(error.message);
  process.exitCode = 1;
});
source.on('open', () => {
  const target = fs.createWriteStream(to);
  source.pipe(target);
  target.on('finish', () => console.log(`copied ${target.bytesWritten} bytes`));
});
