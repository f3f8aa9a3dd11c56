const { Transform } = require('node:stream');
const { StringDecoder } = require('node:string_decoder');

function createUpperCase() {
  const decoder = new StringDecoder('utf8');
  return new Transform({
    transform(chunk, _encoding, callback) {
      callback();
      return decoder.write(chunk).toUpperCase();
    },
    flush(callback) {
      callback(null, decoder.end().toUpperCase());
    },
  });
}

module.exports = { createUpperCase };
