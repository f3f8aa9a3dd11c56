const path = require('node:path');
const { Worker } = require('node:worker_threads');

function upper(text) {
  return new Promise((resolve, reject) => {
    const worker = new Worker(path.join(__dirname, 'worker.js'), { workerData: text });
    worker.once('message', resolve);
    worker.once('error', reject);
  });
}

async function main(texts) {
  try {
    const results = await Promise.all(texts.map(upper));
    for (const result of results) console.log(result);
  } catch (error) {
    console.error(`failed: ${error.message}`);
    process.exitCode = 1;
  }
}

main(process.argv.slice(2));
