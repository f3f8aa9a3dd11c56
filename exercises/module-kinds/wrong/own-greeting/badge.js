const path = require('node:path');
const { v5: uuid } = require('uuid');
const greet = require('./greet.js');

const [photo, name] = process.argv.slice(2);

console.log(`photo: ${path.basename(photo)}`);
console.log(`text: Hello ${name}`);
console.log(`id: ${uuid(name, uuid.DNS)}`);
