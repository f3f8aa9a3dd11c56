const { readTemperature } = require('./station.js');

function temperatureOf(city) {
  return readTemperature(city, (error, temperature) => {
    return temperature;
  });
}

async function warmer(first, second) {
  const a = await temperatureOf(first);
  const b = await temperatureOf(second);
  return a > b ? first : second;
}

module.exports = { temperatureOf, warmer };
