const { EventEmitter } = require('node:events');

const shop = new EventEmitter();

shop.on('order', (order) => {
  console.log(`order ${order.id} received`);
  console.log(`order ${order.id} shipped`);
});

shop.on('order', (order) => {
  shop.emit('paid', order.id, order.count * order.price);
});

shop.on('paid', (id, amount) => {
  console.log(`order ${id} paid: ${amount}`);
});

function placeOrder(order) {
  if (order.count < 1) shop.emit('error', new Error(`order ${order.id} is empty`));
  else shop.emit('order', order);
}

module.exports = { shop, placeOrder };
