console.log('Day 1: I installed Node.js.', 'Day 2: I ran my first file.', 'Day 3: I broke it, and repaired it.');
