const fs = require('node:fs');

let text = '';
const stream = fs.createReadStream(process.argv[2], 'utf8');
stream.on('data', (chunk) => {
  text += chunk;
});
stream.on('end', () => {
  let count = 0;
  for (const letter of text) if (letter === '\n') count++;
  if (text !== '' && !text.endsWith('\n')) count++;
  console.log(count);
});
