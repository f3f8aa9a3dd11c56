const { spawn } = require('node:child_process');
const path = require('node:path');
const readline = require('node:readline');

const tool = path.join(__dirname, 'backup.js');
const child = spawn(process.execPath, [tool, ...process.argv.slice(2)]);

readline.createInterface({ input: child.stdout }).on('line', (line) => {
  console.log(`backup: ${line}`);
});
readline.createInterface({ input: child.stderr }).on('line', (line) => {
  console.error(`backup: ${line}`);
});

child.on('exit', (code) => {
  console.log(`backup ended with code ${code}`);
  process.exitCode = code;
});
