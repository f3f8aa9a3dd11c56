console.log(`Hello from Node.js ${process.version}`);
console.log('Running on linux');
