const { execSync } = require('node:child_process');

const command = "node words.js '" + process.argv[2] + "'";
try {
  const output = execSync(command, { encoding: 'utf8', stdio: 'pipe' });
  console.log('words.js says: ' + output);
} catch (error) {
  console.error(`words.js failed with code ${error.status}: ${error.stderr}`);
  process.exitCode = 1;
}
