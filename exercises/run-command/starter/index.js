const file = process.argv[2];

// Run words.js with this file in a child process, and print what it says.
console.log(`words.js says: ${file}`);
