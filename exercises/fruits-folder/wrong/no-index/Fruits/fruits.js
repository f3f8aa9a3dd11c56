const apple = require('./apple');
const banana = require('./banana');
const orange = require('./orange');

module.exports = [apple, banana, orange];
