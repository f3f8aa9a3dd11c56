const fs = require('node:fs/promises');

async function main() {
  const [command, file, text] = process.argv.slice(2);
  // What is to be done for each command?
}

main();
