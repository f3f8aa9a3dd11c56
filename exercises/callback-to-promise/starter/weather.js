const { readTemperature } = require('./station.js');

function temperatureOf(city) {}

async function warmer(first, second) {}

module.exports = { temperatureOf, warmer };
