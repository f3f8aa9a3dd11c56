const fs = require('node:fs');

const [file] = process.argv.slice(2);
if (fs.existsSync(file)) {
  process.stdout.write(fs.readFileSync(file, 'utf8'));
} else {
  console.error(`no such file: ${file}`);
  process.exitCode = 1;
}
