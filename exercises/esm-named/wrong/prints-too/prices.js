import { currency } from './settings.js';

export function total(prices) {
  let sum = 0;
  console.log(prices);
  for (const price of prices) {
    sum += price;
  }
  return sum;
}

export function label(price) {
  return `${currency} ${price}`;
}
