const fs = require('node:fs');

let count = 0;
const stream = fs.createReadStream(process.argv[2], 'utf8');
stream.on('data', (chunk) => {
  const lines = chunk.split('\n');
  if (lines.at(-1) === '') lines.pop();
  count += lines.length;
});
stream.on('end', () => console.log(count));
