const { parentPort, workerData } = require('node:worker_threads');
const addSteps = require('./steps.js');

parentPort.postMessage(addSteps(workerData));
