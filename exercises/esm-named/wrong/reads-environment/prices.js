const currency = process.env.CURRENCY ?? 'PKR';

export function total(prices) {
  let sum = 0;
  for (const price of prices) {
    sum += price;
  }
  return sum;
}

export function label(price) {
  return `${currency} ${price}`;
}
