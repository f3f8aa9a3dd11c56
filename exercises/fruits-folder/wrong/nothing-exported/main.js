const fruits = require('./Fruits');

console.log(fruits.map(({ name }) => name).join(', '));
