const fs = require('node:fs');
const { pipeline } = require('node:stream/promises');

async function main() {
  const [from, to] = process.argv.slice(2);
}

main();
