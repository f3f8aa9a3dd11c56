const fs = require('node:fs');
const zlib = require('node:zlib');

const [command, file] = process.argv.slice(2);
if (command === 'pack') {
  fs.createReadStream(file).pipe(zlib.createGzip()).pipe(fs.createWriteStream(`${file}.gz`));
} else {
  fs.createReadStream(file)
    .pipe(zlib.createGunzip())
    .pipe(fs.createWriteStream(file.replace('.gz', '')));
}
