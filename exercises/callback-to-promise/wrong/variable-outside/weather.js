const { readTemperature } = require('./station.js');

async function temperatureOf(city) {
  let result;
  readTemperature(city, (error, temperature) => {
    result = temperature;
  });
  return result;
}

async function warmer(first, second) {
  const a = await temperatureOf(first);
  const b = await temperatureOf(second);
  return a > b ? first : second;
}

module.exports = { temperatureOf, warmer };
