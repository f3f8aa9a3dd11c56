document.write('Day 1: I installed Node.js.');
document.write('Day 2: I ran my first file.');
document.write('Day 3: I broke it, and repaired it.');
