const { readFile } = require('node:fs');
const { now, microtask, timer, immediate } = require('./order.js');

const say = (word) => () => console.log(word);

// Inside a callback of fs the order is the same on every machine.
readFile(__filename, () => {
  timer(say('timer'));
  immediate(say('immediate'));
  microtask(say('microtask'));
  now(say('now'));
  console.log('end of the code');
});
