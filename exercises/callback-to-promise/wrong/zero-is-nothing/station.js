const { readFile } = require('node:fs');

// An old library. It answers by a callback: callback(error, temperature).
function readTemperature(city, callback) {
  readFile('temperatures.json', 'utf8', (error, text) => {
    if (error) return callback(error);
    const temperature = JSON.parse(text)[city];
    if (temperature === undefined) return callback(new Error(`no station in ${city}`));
    callback(null, temperature);
  });
}

module.exports = { readTemperature };
