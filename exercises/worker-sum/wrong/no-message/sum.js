const path = require('node:path');
const { Worker } = require('node:worker_threads');

function sum(to) {
  return new Promise((resolve, reject) => {
    const worker = new Worker(path.join(__dirname, 'worker.js'), { workerData: to });
    worker.once('message', resolve);
    worker.once('error', reject);
  });
}

module.exports = sum;
