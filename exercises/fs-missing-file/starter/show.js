const fs = require('node:fs/promises');

async function main() {
  const [file] = process.argv.slice(2);
}

main();
