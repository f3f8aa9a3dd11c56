const { execFile } = require('node:child_process');

execFile(process.execPath, ['words.js', process.argv[2]], (error, stdout) => {
  console.log(`words.js says: ${stdout.trim()}`);
});
