const { price } = require('shop-tools');

console.log(price(Number(process.argv[2])));
