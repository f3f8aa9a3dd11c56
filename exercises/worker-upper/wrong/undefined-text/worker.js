const { parentPort } = require('node:worker_threads');

parentPort.on('message', (text) => {
  if (typeof text !== 'string') throw new TypeError('not a text');
  parentPort.postMessage(text.toUpperCase());
});
