import { currency } from './settings.js';

function total(prices) {
  return prices.reduce((sum, price) => sum + price, 0);
}

function label(price) {
  return `${currency} ${price}`;
}

module.exports = { total, label };
