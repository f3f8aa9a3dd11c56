const { Transform } = require('node:stream');

function createUpperCase() {
  return new Transform({
    transform(chunk, _encoding, callback) {
      this.push(chunk.toString().toUpperCase());
      callback();
    },
  });
}

module.exports = { createUpperCase };
