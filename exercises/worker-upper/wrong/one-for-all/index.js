const path = require('node:path');
const { Worker } = require('node:worker_threads');

const worker = new Worker(path.join(__dirname, 'worker.js'), { workerData: process.argv.slice(2).join('\n') });
worker.once('message', (result) => console.log(result));
worker.once('error', (error) => {
  console.error(`failed: ${error.message}`);
  process.exitCode = 1;
});
