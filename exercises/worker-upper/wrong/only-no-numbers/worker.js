const { parentPort, workerData } = require('node:worker_threads');

if (typeof workerData === 'number') throw new TypeError('only text, please');
parentPort.postMessage(String(workerData).toUpperCase());
