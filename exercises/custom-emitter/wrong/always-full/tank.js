const { EventEmitter } = require('node:events');

class Tank extends EventEmitter {
  #capacity;
  #level = 0;

  constructor(capacity) {
    super();
    this.#capacity = capacity;
  }

  get level() {
    return this.#level;
  }

  fill(liters) {
    if (this.#level + liters > this.#capacity) {
      this.emit('error', new RangeError(`no room for ${liters} liters`));
      return;
    }
    this.#level += liters;
    this.emit('level', this.#level);
    if (this.#level <= this.#capacity) this.emit('full');
  }
}

module.exports = { Tank };
