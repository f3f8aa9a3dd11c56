const fs = require('node:fs/promises');

async function main() {
  const [file] = process.argv.slice(2);
  try {
    console.log(await fs.readFile(file));
  } catch (error) {
    if (error.code === 'ENOENT') console.error(`no such file: ${file}`);
    else if (error.code === 'EISDIR') console.error(`a folder: ${file}`);
    else console.error(error.message);
    process.exitCode = 1;
  }
}

main();
