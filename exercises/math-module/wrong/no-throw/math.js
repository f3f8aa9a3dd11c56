module.exports.sum = (a, b) => a + b;
module.exports.mul = (a, b) => a * b;
module.exports.div = (a, b) => a / b;
