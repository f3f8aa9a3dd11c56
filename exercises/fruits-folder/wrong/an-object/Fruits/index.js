const apple = require('./apple');
const banana = require('./banana');
const orange = require('./orange');

module.exports = { apple, banana, orange, map: (each) => [apple, banana, orange].map(each) };
