const fs = require('fs');

fs.readFile(process.argv[2], 'utf8', (err, data) => {
  if (err) throw err;
  if (data === '') return console.log(0);
  const lines = data.split('\n');
  if (lines.at(-1) === '') lines.pop();
  console.log(lines.length);
});
