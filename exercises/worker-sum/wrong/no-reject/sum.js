const path = require('node:path');
const { Worker } = require('node:worker_threads');

function sum(to) {
  return new Promise((resolve) => {
    const worker = new Worker(path.join(__dirname, 'worker.js'), { workerData: to });
    worker.once('message', resolve);
  });
}

module.exports = sum;
