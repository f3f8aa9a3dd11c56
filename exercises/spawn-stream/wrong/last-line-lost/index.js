const { spawn } = require('node:child_process');

const child = spawn(process.execPath, ['backup.js', ...process.argv.slice(2)]);

function lines(stream, print) {
  let rest = '';
  stream.setEncoding('utf8').on('data', (data) => {
    const parts = (rest + data).split('\n');
    rest = parts.pop();
    for (const line of parts) print(`backup: ${line}`);
  });
}

lines(child.stdout, console.log);
lines(child.stderr, console.error);
child.on('close', (code) => {
  console.log(`backup ended with code ${code}`);
  process.exitCode = code;
});
