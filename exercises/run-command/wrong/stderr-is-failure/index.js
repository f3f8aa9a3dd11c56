const { execFile } = require('node:child_process');
const path = require('node:path');

const file = process.argv[2];
const tool = path.join(__dirname, 'words.js');

execFile(process.execPath, [tool, file], (error, stdout, stderr) => {
  if (stderr) {
    console.error(`words.js failed with code ${error?.code}: ${stderr.trim()}`);
    process.exitCode = 1;
    return;
  }
  console.log(`words.js says: ${stdout.trim()}`);
});
