const os = require('node:os');

function report() {
  return {
    host: '',
    system: '',
    memory: { totalMiB: 0, usedPercent: 0 },
    up: '',
  };
}

module.exports = { report };
