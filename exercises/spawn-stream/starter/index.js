const { execFile } = require('node:child_process');

// It prints nothing before the tool has ended. Use spawn.
execFile(process.execPath, ['backup.js', ...process.argv.slice(2)], (error, stdout) => {
  console.log(`backup: ${stdout}`);
});
