const { spawn } = require('node:child_process');

const child = spawn(process.execPath, ['backup.js', ...process.argv.slice(2)]);
let output = '';
let errors = '';
child.stdout.setEncoding('utf8').on('data', (data) => {
  output += data;
});
child.stderr.setEncoding('utf8').on('data', (data) => {
  errors += data;
});
child.on('close', (code) => {
  for (const line of output.replace(/\n$/, '').split('\n')) console.log(`backup: ${line}`);
  for (const line of errors.split('\n').filter(Boolean)) console.error(`backup: ${line}`);
  console.log(`backup ended with code ${code}`);
  process.exitCode = code;
});
