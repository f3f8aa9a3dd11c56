const greet = require('greeter');

console.log(greet(process.argv[2]));
