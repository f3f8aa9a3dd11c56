const fs = require('node:fs/promises');

async function main() {
  const [file] = process.argv.slice(2);
  try {
    process.stdout.write(await fs.readFile(file, 'utf8'));
  } catch (error) {
    if (error.code === 'ENOENT') console.log(`no such file: ${file}`);
    else if (error.code === 'EISDIR') console.log(`a folder: ${file}`);
    else console.log(error.message);
    process.exitCode = 1;
  }
}

main();
