const { spawnSync } = require('node:child_process');

const { status, stdout, stderr } = spawnSync('node', ['words.js', process.argv[2]], {
  shell: true,
  encoding: 'utf8',
});
if (status === 0) {
  console.log('words.js says: ' + stdout);
} else {
  console.error(`words.js failed with code ${status}: ${stderr}`);
  process.exitCode = 1;
}
