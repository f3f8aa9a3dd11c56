const { Transform } = require('node:stream');
const { StringDecoder } = require('node:string_decoder');

function createUpperCase() {
  const decoder = new StringDecoder('utf8');
  let text = '';
  return new Transform({
    transform(chunk, _encoding, callback) {
      text += decoder.write(chunk);
      callback();
    },
    flush(callback) {
      callback(null, text.toUpperCase());
    },
  });
}

module.exports = { createUpperCase };
