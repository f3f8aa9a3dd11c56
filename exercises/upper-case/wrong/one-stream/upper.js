const { Transform } = require('node:stream');
const { StringDecoder } = require('node:string_decoder');

const decoder = new StringDecoder('utf8');
const upperCase = new Transform({
  transform(chunk, _encoding, callback) {
    callback(null, decoder.write(chunk).toUpperCase());
  },
});

module.exports = { createUpperCase: () => upperCase };
