const http = require('node:http');

const server = http.createServer((req, res) => {
  if (req.method === 'GET') {
    res.writeHead(200, { 'Content-Type': 'text/plain; charset=utf-8' });
    res.end(`Hello! You asked for ${req.method} ${req.url}\n`);
  }
});

server.listen(3000, () => {
  console.log('http://localhost:3000');
});
