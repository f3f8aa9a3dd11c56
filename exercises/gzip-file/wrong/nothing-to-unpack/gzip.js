const fs = require('node:fs');
const zlib = require('node:zlib');
const { pipeline } = require('node:stream/promises');

async function main() {
  const [command, file] = process.argv.slice(2);
  const isPacking = command === 'pack';
  if (!isPacking && !fs.existsSync(file)) return;
  const target = isPacking ? `${file}.gz` : file.slice(0, -'.gz'.length);
  const change = isPacking ? zlib.createGzip() : zlib.createGunzip();
  try {
    await pipeline(fs.createReadStream(file), change, fs.createWriteStream(target));
  } catch (error) {
    await fs.promises.rm(target, { force: true });
    console.error(`${file}: ${error.message}`);
    process.exitCode = 1;
  }
}

main();
