const { execFile } = require('node:child_process');

const args = ['backup.js', ...process.argv.slice(2)];
execFile(process.execPath, args, { maxBuffer: Infinity }, (error, stdout, stderr) => {
  for (const line of stdout.replace(/\n$/, '').split('\n')) console.log(`backup: ${line}`);
  for (const line of stderr.split('\n').filter(Boolean)) console.error(`backup: ${line}`);
  const code = error ? error.code : 0;
  console.log(`backup ended with code ${code}`);
  process.exitCode = code;
});
