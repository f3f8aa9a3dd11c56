const fs = require('node:fs/promises');

async function main() {
  const [from, to] = process.argv.slice(2);
  try {
    const data = await fs.readFile(from);
    await fs.writeFile(to, data);
    console.log(`copied ${data.length} bytes`);
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}

main();
