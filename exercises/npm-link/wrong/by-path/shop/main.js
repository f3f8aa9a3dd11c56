const { price } = require('../tols');

console.log(price(Number(process.argv[2])));
