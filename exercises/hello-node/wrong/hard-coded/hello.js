console.log('Hello from Node.js v18.12.0');
console.log('Running on linux');
