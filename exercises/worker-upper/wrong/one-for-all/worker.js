const { parentPort, workerData } = require('node:worker_threads');

if (typeof workerData !== 'string') throw new TypeError('The work must be a text');
parentPort.postMessage(workerData.toUpperCase());
