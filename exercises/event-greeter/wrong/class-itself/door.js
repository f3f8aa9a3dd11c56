const { EventEmitter } = require('node:events');

const door = EventEmitter;

EventEmitter.on = () => {};
door.on('greet', (name) => {
  console.log(`Hello, ${name}!`);
});

door.on('leave', (name, minutes) => {
  console.log(`Goodbye, ${name}. You stayed ${minutes} minutes.`);
});

module.exports = { door };
