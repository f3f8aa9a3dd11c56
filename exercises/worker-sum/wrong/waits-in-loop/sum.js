const path = require('node:path');
const { Worker } = require('node:worker_threads');

async function sum(to) {
  let result;
  const worker = new Worker(path.join(__dirname, 'worker.js'), { workerData: to });
  worker.once('message', (message) => {
    result = message;
  });
  while (result === undefined);
  return result;
}

module.exports = sum;
