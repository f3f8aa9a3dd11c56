const { Transform } = require('node:stream');
const { StringDecoder } = require('node:string_decoder');

const decoder = new StringDecoder('utf8');

function createUpperCase() {
  return new Transform({
    transform(chunk, _encoding, callback) {
      callback(null, decoder.write(chunk).toUpperCase());
    },
    flush(callback) {
      callback(null, decoder.end().toUpperCase());
    },
  });
}

module.exports = { createUpperCase };
