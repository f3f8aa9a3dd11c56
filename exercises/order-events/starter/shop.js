const { EventEmitter } = require('node:events');

const shop = new EventEmitter();

function placeOrder(order) {}

module.exports = { shop, placeOrder };
