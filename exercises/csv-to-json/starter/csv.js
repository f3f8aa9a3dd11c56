const { Transform } = require('node:stream');

function createCsvToJson() {}

module.exports = { createCsvToJson };
