const { Worker } = require('node:worker_threads');

// Start a worker for each text, and print the results in the same order.
for (const text of process.argv.slice(2)) {
  console.log(text);
}
