exports = {
  sum: (a, b) => a + b,
  mul: (a, b) => a * b,
  div: (a, b) => a / b,
};
