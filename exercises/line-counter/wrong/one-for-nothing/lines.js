const fs = require('node:fs');

let count = 0;
let rest = '';
const stream = fs.createReadStream(process.argv[2], 'utf8');
stream.on('data', (chunk) => {
  const lines = (rest + chunk).split('\n');
  rest = lines.pop();
  count += lines.length;
  last = chunk.at(-1);
});
let last = '';
stream.on('end', () => console.log(last === '\n' ? count : count + 1));
