const { spawn } = require('node:child_process');

const child = spawn(process.execPath, ['backup.js', ...process.argv.slice(2)], { stdio: 'inherit' });
child.on('close', (code) => {
  console.log(`backup ended with code ${code}`);
  process.exitCode = code;
});
