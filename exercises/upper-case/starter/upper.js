const { Transform } = require('node:stream');

function createUpperCase() {}

module.exports = { createUpperCase };
