process.stdout.write('words.js says: ');
require('./words.js');
console.log('done');
