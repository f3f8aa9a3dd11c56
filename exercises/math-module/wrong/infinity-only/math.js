const sum = (a, b) => a + b;
const mul = (a, b) => a * b;

function div(a, b) {
  if (a / b === Infinity) throw new RangeError(`${a} cannot be divided by 0`);
  return a / b;
}

module.exports = { sum, mul, div };
