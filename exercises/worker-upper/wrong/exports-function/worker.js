const { workerData } = require('node:worker_threads');

if (typeof workerData !== 'string') throw new TypeError('not a text');
module.exports = workerData.toUpperCase();
