const { createHash } = require('node:crypto');
const { readFileSync } = require('node:fs');

const [first, second] = process.argv.slice(2);

function sha256(data) {
  return createHash('sha256').update(data).digest('hex');
}

if (first !== '--file') {
  console.log(sha256(first));
} else {
  try {
    console.log(sha256(readFileSync(second)));
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
