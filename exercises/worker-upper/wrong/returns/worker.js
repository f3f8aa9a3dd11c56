const { workerData } = require('node:worker_threads');

function upper(text) {
  if (typeof text !== 'string') throw new TypeError('not a text');
  return text.toUpperCase();
}

upper(workerData);
