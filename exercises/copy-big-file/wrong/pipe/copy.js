const fs = require('node:fs');

const [from, to] = process.argv.slice(2);
const target = fs.createWriteStream(to);
fs.createReadStream(from).pipe(target);
target.on('finish', () => console.log(`copied ${target.bytesWritten} bytes`));
