const fs = require('node:fs/promises');
const path = require('node:path');

async function main() {
  const [folder, extension] = process.argv.slice(2);
  const entries = await fs.readdir(folder, { withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && path.extname(entry.name) === `.${extension}`);
  for (const name of files.map((file) => file.name).sort()) console.log(name);
}

main();
