const fs = require('node:fs');
const zlib = require('node:zlib');
const { pipeline } = require('node:stream/promises');

async function main() {
  const [command, file] = process.argv.slice(2);
  if (command === 'pack') {
    await pipeline(fs.createReadStream(file), zlib.createGzip(), fs.createWriteStream(`${file}.gz`));
    return;
  }
  const target = file.slice(0, -3);
  try {
    await pipeline(fs.createReadStream(file), zlib.createGunzip(), fs.createWriteStream(target));
  } catch (error) {
    fs.rmSync(target);
    console.error(`${file}: ${error.message}`);
    process.exitCode = 1;
  }
}

main();
