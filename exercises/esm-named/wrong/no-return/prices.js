import { currency } from './settings.js';

export function total(prices) {
  prices.reduce((sum, price) => sum + price, 0);
}

export function label(price) {
  return `${currency} ${price}`;
}
