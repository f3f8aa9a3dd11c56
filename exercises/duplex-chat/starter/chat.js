const { Duplex } = require('node:stream');

class End extends Duplex {}

function createChat() {
  return [new End(), new End()];
}

module.exports = { createChat };
