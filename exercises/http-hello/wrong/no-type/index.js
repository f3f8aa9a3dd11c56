const http = require('node:http');

const server = http.createServer((req, res) => {
  res.end(`Hello! You asked for ${req.method} ${req.url}\n`);
});

server.listen(3000, () => {
  console.log('http://localhost:3000');
});
