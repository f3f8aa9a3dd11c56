const http = require('node:http');
const slow = require('./slow.js');

const server = http.createServer((req, res) => {
  const { pathname, searchParams } = new URL(req.url, 'http://localhost');
  res.setHeader('Content-Type', 'text/plain; charset=utf-8');
  if (pathname === '/') {
    res.end('Welcome');
  } else if (pathname === '/slow-page') {
    const start = Number(searchParams.get('start'));
    res.end(String(slow(start)));
  } else {
    res.writeHead(404).end('There is nothing here');
  }
});

server.listen(3000, () => {
  console.log('http://localhost:3000');
});
