const { spawnSync } = require('node:child_process');

const child = spawnSync(process.execPath, ['words.js', process.argv[2]], { encoding: 'utf8' });
if (child.status !== 0) {
  console.error(`words.js failed with code ${child.status}: ${child.error}`);
  process.exit(1);
}
console.log(`words.js says: ${child.stdout.trim()}`);
