const { parentPort, workerData } = require('node:worker_threads');
const slow = require('./slow.js');

parentPort.postMessage(slow(workerData));
