// Rewritten instead of prices.js.
const prices = process.argv.slice(2).map(Number);

console.log(`total: ${prices.reduce((sum, price) => sum + price, 0)}`);
console.log(`first: ${process.env.CURRENCY ?? 'PKR'} ${prices[0]}`);
