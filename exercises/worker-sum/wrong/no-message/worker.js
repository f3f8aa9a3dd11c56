const { workerData } = require('node:worker_threads');
const addSteps = require('./steps.js');

module.exports = addSteps(workerData);
