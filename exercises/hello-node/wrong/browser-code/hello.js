const message = `Hello from Node.js ${process.version}\nRunning on ${process.platform}`;
document.write(message);
