const fs = require('node:fs');
const { syncBuiltinESMExports } = require('node:module');

// Notes whether the file is read with a function that blocks.
const file = process.argv[2];
let isBlocked = false;
for (const name of ['readFileSync', 'openSync']) {
  const original = fs[name];
  fs[name] = (target, ...rest) => {
    if (String(target) === file) isBlocked = true;
    return original(target, ...rest);
  };
}
syncBuiltinESMExports();

const { countLines } = require('./lines.js');

let hasFired = false;
setImmediate(() => {
  hasFired = true;
});

Promise.resolve(countLines(file)).then((lines) => {
  console.log(`lines: ${lines}`);
  console.log(`something else could run meanwhile: ${hasFired && !isBlocked ? 'yes' : 'no'}`);
});
