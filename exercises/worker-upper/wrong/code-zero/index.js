const path = require('node:path');
const { Worker } = require('node:worker_threads');

const upper = (text) =>
  new Promise((resolve, reject) => {
    const worker = new Worker(path.join(__dirname, 'worker.js'), { workerData: text });
    worker.once('message', resolve);
    worker.once('error', reject);
  });

Promise.all(process.argv.slice(2).map(upper)).then(
  (results) => results.forEach((result) => console.log(result)),
  (error) => console.error(`failed: ${error.message}`),
);
