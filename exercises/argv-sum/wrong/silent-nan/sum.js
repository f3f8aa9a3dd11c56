const numbers = process.argv.slice(2).map(Number);

console.log(numbers.reduce((total, number) => total + number, 0));
