function encode(values) {}

function decode(text) {}

module.exports = { encode, decode };
