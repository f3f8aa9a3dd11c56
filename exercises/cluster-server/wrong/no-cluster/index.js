const cluster = require('node:cluster');
const http = require('node:http');

const server = http.createServer((req, res) => {
  res.setHeader('Content-Type', 'application/json');
  res.end(JSON.stringify({ pid: process.pid }));
});

if (cluster.isPrimary) {
  console.log(`${process.env.WORKERS} workers`);
}
server.listen(3000);
