const fs = require('node:fs/promises');

async function main() {
  const [command, file, text] = process.argv.slice(2);
  if (command === 'add') {
    await fs.appendFile(file, `${text}\n`);
  } else if (command === 'list') {
    const notes = (await fs.readFile(file, 'utf8')).split('\n').slice(0, -1);
    notes.forEach((note, index) => {
      console.log(`${index + 1}. ${note}`);
    });
  } else if (command === 'rename') {
    await fs.rename(file, text);
  } else if (command === 'delete') {
    await fs.unlink(file);
  } else {
    console.error(`unknown command: ${command}`);
    process.exitCode = 1;
  }
}

main();
