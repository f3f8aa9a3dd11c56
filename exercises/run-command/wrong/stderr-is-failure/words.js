// Counts the words of a file. Leave this file as it is.
const fs = require('node:fs');

const file = process.argv[2];
try {
  const words = fs.readFileSync(file, 'utf8').split(/\s+/).filter(Boolean);
  console.log(`${file} has ${words.length} words`);
} catch {
  console.error(`there is no file ${file}`);
  process.exitCode = 2;
}
