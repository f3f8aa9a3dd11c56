console.log(`Hello from NodeJS ${process.version}`);
console.log(`Running on ${process.platform}`);
