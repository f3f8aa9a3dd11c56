const sum = (a, b) => {
  console.log(a + b);
  return a + b;
};
const mul = (a, b) => a * b;

function div(a, b) {
  if (b === 0) throw new RangeError(`${a} cannot be divided by 0`);
  return a / b;
}

module.exports = { sum, mul, div };
