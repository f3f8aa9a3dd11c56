const fs = require('node:fs');
const zlib = require('node:zlib');
const { pipeline } = require('node:stream/promises');

async function main() {
  const [command, file] = process.argv.slice(2);
}

main();
