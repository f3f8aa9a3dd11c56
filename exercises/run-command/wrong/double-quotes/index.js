const { exec } = require('node:child_process');

const file = process.argv[2];
exec(`node words.js "${file}"`, (error, stdout, stderr) => {
  if (error) {
    console.error(`words.js failed with code ${error.code}: ${stderr}`);
    process.exitCode = 1;
    return;
  }
  console.log('words.js says: ' + stdout);
});
