// Print the sum of the numbers on the command line.
// Try it with: node sum.js 12 5 30

let total = 0;

console.log(total);
