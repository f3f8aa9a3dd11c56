const { readTemperature } = require('./station.js');

function temperatureOf(city) {
  return new Promise((resolve, reject) => {
    readTemperature(city, (error, temperature) => {
      if (error) reject(error);
      else resolve(temperature);
    });
  });
}

async function warmer(first, second) {
  const a = await this.temperatureOf(first);
  const b = await this.temperatureOf(second);
  return a > b ? first : second;
}

module.exports = { temperatureOf, warmer };
