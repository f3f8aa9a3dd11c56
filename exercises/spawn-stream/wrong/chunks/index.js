const { spawn } = require('node:child_process');

const child = spawn(process.execPath, ['backup.js', ...process.argv.slice(2)]);
child.stdout.on('data', (data) => process.stdout.write(`backup: ${data}`));
child.stderr.on('data', (data) => process.stderr.write(`backup: ${data}`));
child.on('close', (code) => {
  console.log(`backup ended with code ${code}`);
  process.exitCode = code;
});
