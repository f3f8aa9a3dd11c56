const { EventEmitter } = require('node:events');

class Tank {
  constructor(capacity) {}

  fill(liters) {}
}

module.exports = { Tank };
