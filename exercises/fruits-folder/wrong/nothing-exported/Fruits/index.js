const apple = require('./apple');
const banana = require('./banana');
const orange = require('./orange');

const fruits = [apple, banana, orange];
