const addSteps = require('./steps.js');

// Let a worker thread calculate.
async function sum(to) {
  return addSteps(to);
}

module.exports = sum;
