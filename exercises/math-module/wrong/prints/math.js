function sum(a, b) {
  console.log(a + b);
}
function mul(a, b) {
  console.log(a * b);
}
function div(a, b) {
  if (b === 0) throw new RangeError(`${a} cannot be divided by 0`);
  console.log(a / b);
}

module.exports = { sum, mul, div };
