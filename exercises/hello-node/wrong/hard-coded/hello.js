console.log('Hello from Node.js v22.11.0');
console.log('Running on linux');
