const { EventEmitter } = require('node:events');

const door = new EventEmitter();

function greet(name) {
  console.log(`Hello, ${name}!`);
  return greet;
}

door.on('greet', greet('Sana'));

door.on('leave', (name, minutes) => {
  console.log(`Goodbye, ${name}. You stayed ${minutes} minutes.`);
});

module.exports = { door };
