const path = require('node:path');
const { Worker } = require('node:worker_threads');

for (const text of process.argv.slice(2)) {
  const worker = new Worker(path.join(__dirname, 'worker.js'), { workerData: text });
  worker.once('message', (result) => console.log(result));
  worker.once('error', (error) => {
    console.error(`failed: ${error.message}`);
    process.exitCode = 1;
  });
}
