const { readTemperature } = require('./station.js');

function temperatureOf(city) {
  return new Promise((resolve, reject) => {
    readTemperature(city, (error, temperature) => {
      if (error) reject(new Error(error.message));
      else resolve(temperature);
    });
  });
}

async function warmer(first, second) {
  const a = await temperatureOf(first);
  const b = await temperatureOf(second);
  return a > b ? first : second;
}

module.exports = { temperatureOf, warmer };
