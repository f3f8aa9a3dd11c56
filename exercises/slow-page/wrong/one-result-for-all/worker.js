const { parentPort } = require('node:worker_threads');
const slow = require('./slow.js');

parentPort.on('message', (start) => {
  parentPort.postMessage(slow(start));
});
