const fs = require('node:fs');

let count = 0;
const stream = fs.createReadStream(process.argv[2], 'utf8');
stream.on('data', (chunk) => {
  count += chunk.split('\n').length - 1;
});
stream.on('end', () => console.log(count));
