const fs = require('node:fs/promises');
const path = require('node:path');

async function main() {
  const [folder, extension] = process.argv.slice(2);
  try {
    const entries = await fs.readdir(folder, { withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile() && path.extname(entry.name) === `.${extension}`);
    const names = files.map((file) => file.name).sort((a, b) => a.localeCompare(b));
    for (const name of names) console.log(name);
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
    console.error(`no such folder: ${folder}`);
    process.exitCode = 1;
  }
}

main();
