const [first, second] = process.argv.slice(2);

console.log('bytes: ');
console.log('first: ');
console.log('hex: ');
console.log('base64: ');
