const fs = require('node:fs');
const { pipeline } = require('node:stream/promises');

async function main() {
  const [from, to] = process.argv.slice(2);
  const target = fs.createWriteStream(to, { flags: 'a' });
  try {
    await pipeline(fs.createReadStream(from), target);
    console.log(`copied ${target.bytesWritten} bytes`);
  } catch (error) {
    await fs.promises.rm(to, { force: true });
    console.error(error.message);
    process.exitCode = 1;
  }
}

main();
