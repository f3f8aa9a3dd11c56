console.log('Day 1: I installed Node.js.');
console.log('Day 2: I ran my first file.');
console.log('Day 3: I broke it, and repaired it.');
