const path = require('node:path');
const { Worker } = require('node:worker_threads');

const worker = new Worker(path.join(__dirname, 'worker.js'));

function sum(to) {
  return new Promise((resolve, reject) => {
    worker.once('message', (message) => {
      if (message.error) reject(new Error(message.error));
      else resolve(message.result);
    });
    worker.postMessage(to);
  });
}

module.exports = sum;
