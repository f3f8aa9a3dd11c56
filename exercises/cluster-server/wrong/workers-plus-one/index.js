const cluster = require('node:cluster');
const http = require('node:http');

if (cluster.isPrimary) {
  for (let i = 0; i <= process.env.WORKERS; i += 1) cluster.fork();
  cluster.on('exit', () => cluster.fork());
} else {
  http
    .createServer((req, res) => {
      res.setHeader('Content-Type', 'application/json');
      res.end(JSON.stringify({ pid: process.pid }));
    })
    .listen(3000);
}
