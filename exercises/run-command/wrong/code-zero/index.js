const { execFile } = require('node:child_process');

execFile(process.execPath, ['words.js', process.argv[2]], (error, stdout, stderr) => {
  if (error) console.error(`words.js failed with code ${error.code}: ${stderr.trim()}`);
  else console.log(`words.js says: ${stdout.trim()}`);
});
