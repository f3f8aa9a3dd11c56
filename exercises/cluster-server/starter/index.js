const http = require('node:http');

const server = http.createServer((req, res) => {
  res.setHeader('Content-Type', 'application/json');
  res.end(JSON.stringify({ pid: process.pid }));
});

server.listen(3000, () => {
  console.log(`${process.pid} listens on http://localhost:3000`);
});
