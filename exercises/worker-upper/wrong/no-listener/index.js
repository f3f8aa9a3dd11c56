const path = require('node:path');
const { Worker } = require('node:worker_threads');

function upper(text) {
  return new Promise((resolve) => {
    const worker = new Worker(path.join(__dirname, 'worker.js'), { workerData: text });
    worker.once('message', resolve);
  });
}

Promise.all(process.argv.slice(2).map(upper)).then((results) => {
  for (const result of results) console.log(result);
});
