const apple = require('./Fruits/apple');
const banana = require('./Fruits/banana');
const orange = require('./Fruits/orange');

module.exports = [apple, banana, orange];
