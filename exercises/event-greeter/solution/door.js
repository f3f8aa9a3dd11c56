const { EventEmitter } = require('node:events');

const door = new EventEmitter();

door.on('greet', (name) => {
  console.log(`Hello, ${name}!`);
});

door.on('leave', (name, minutes) => {
  console.log(`Goodbye, ${name}. You stayed ${minutes} minutes.`);
});

module.exports = { door };
