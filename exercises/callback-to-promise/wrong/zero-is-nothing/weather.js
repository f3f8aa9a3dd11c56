const { readTemperature } = require('./station.js');

function temperatureOf(city) {
  return new Promise((resolve, reject) => {
    readTemperature(city, (error, temperature) => {
      if (temperature) resolve(temperature);
      else reject(error);
    });
  });
}

async function warmer(first, second) {
  const a = await temperatureOf(first);
  const b = await temperatureOf(second);
  return a > b ? first : second;
}

module.exports = { temperatureOf, warmer };
