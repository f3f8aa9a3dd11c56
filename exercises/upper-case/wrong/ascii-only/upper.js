const { Transform } = require('node:stream');

exports.createUpperCase = () =>
  new Transform({
    transform(chunk, _encoding, callback) {
      callback(null, Buffer.from(chunk.map((byte) => (byte >= 97 && byte <= 122 ? byte - 32 : byte))));
    },
  });
