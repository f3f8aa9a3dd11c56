const fs = require('node:fs/promises');

async function main() {
  const [folder, extension] = process.argv.slice(2);
  try {
    const entries = await fs.readdir(folder, { withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile() && entry.name.split('.').pop() === extension);
    const names = files.map((file) => file.name).sort();
    for (const name of names) console.log(name);
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
    console.error(`no such folder: ${folder}`);
    process.exitCode = 1;
  }
}

main();
