const { PassThrough } = require('node:stream');

function createChat() {
  const line = new PassThrough();
  return [line, line];
}

module.exports = { createChat };
