const { parentPort } = require('node:worker_threads');

const text = process.argv[2];
if (typeof text !== 'string') throw new TypeError('not a text');
parentPort.postMessage(text);
