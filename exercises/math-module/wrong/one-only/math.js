const sum = (a, b) => a + b;
const mul = (a, b) => a * b;
const div = (a, b) => a / b;

module.exports = { sum };
module.exports = { mul };
module.exports = { div };
