const http = require('node:http');

const server = http.createServer((req, res) => {
  res.writeHead(200, { 'Content-Type': 'text/plain; charset=utf-8' });
  console.log(`Hello! You asked for ${req.method} ${req.url}`);
});

server.listen(3000, () => {
  console.log('http://localhost:3000');
});
