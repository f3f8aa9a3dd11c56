const { EventEmitter } = require('node:events');

let level = 0;

class Tank extends EventEmitter {
  #capacity;

  constructor(capacity) {
    super();
    this.#capacity = capacity;
    level = 0;
  }

  get level() {
    return level;
  }

  fill(liters) {
    if (level + liters > this.#capacity) {
      this.emit('error', new RangeError(`no room for ${liters} liters`));
      return;
    }
    level += liters;
    this.emit('level', level);
    if (level === this.#capacity) this.emit('full');
  }
}

module.exports = { Tank };
