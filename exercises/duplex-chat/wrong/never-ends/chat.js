const { Duplex } = require('node:stream');

class End extends Duplex {
  other;
  #wanted;

  // The other end has written a chunk; the callback lets it write the next one.
  hear(chunk, callback) {
    if (this.push(chunk)) callback();
    else this.#wanted = callback;
  }

  _write(chunk, _encoding, callback) {
    this.other.hear(chunk, callback);
  }

  _final(callback) {
    callback();
  }

  _read() {
    const callback = this.#wanted;
    this.#wanted = undefined;
    callback?.();
  }
}

function createChat() {
  const left = new End();
  const right = new End();
  left.other = right;
  right.other = left;
  return [left, right];
}

module.exports = { createChat };
