const { EventEmitter } = require('node:events');

const door = new EventEmitter();

module.exports = { door };
