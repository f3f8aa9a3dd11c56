const { spawn } = require('node:child_process');
const path = require('node:path');

const tool = path.join(__dirname, 'backup.js');
const child = spawn(process.execPath, [tool, ...process.argv.slice(2)]);

function passOn(stream, print) {
  let rest = '';
  stream.on('data', (chunk) => {
    rest += chunk;
    const lines = rest.split('\n');
    rest = lines.pop();
    for (const line of lines) print(`backup: ${line}`);
  });
  stream.on('end', () => {
    if (rest !== '') print(`backup: ${rest}`);
  });
}

passOn(child.stdout, console.log);
passOn(child.stderr, console.error);

child.on('close', (code) => {
  console.log(`backup ended with code ${code}`);
  process.exitCode = code;
});
