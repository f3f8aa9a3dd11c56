const { parentPort } = require('node:worker_threads');
const addSteps = require('./steps.js');

parentPort.on('message', (to) => {
  try {
    parentPort.postMessage({ result: addSteps(to) });
  } catch (error) {
    parentPort.postMessage({ error: error.message });
  }
});
