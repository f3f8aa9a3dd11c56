// Given. There is nothing to change here.
import { label, total } from './prices.js';

const prices = process.argv.slice(2).map(Number);

console.log(`total: ${total(prices)}`);
console.log(`first: ${label(prices[0])}`);
