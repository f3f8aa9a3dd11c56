const fs = require('node:fs/promises');
const path = require('node:path');

async function main() {
  const [folder, extension] = process.argv.slice(2);
}

main();
