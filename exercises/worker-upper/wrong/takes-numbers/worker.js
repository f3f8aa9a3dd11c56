const { parentPort, workerData } = require('node:worker_threads');

parentPort.postMessage(String(workerData).toUpperCase());
