const cluster = require('node:cluster');
const http = require('node:http');

if (cluster.isPrimary) {
  const count = Number(process.env.WORKERS);
  for (let i = 0; i < count; i += 1) cluster.fork();

  cluster.on('exit', (worker, code, signal) => {
    console.log(`worker ${worker.process.pid} has ended: ${signal ?? code}`);
    cluster.fork();
  });
} else {
  const server = http.createServer((req, res) => {
    res.setHeader('Content-Type', 'application/json');
    res.end(JSON.stringify({ pid: process.pid }));
  });

  server.listen(3000, () => {
    console.log(`${process.pid} listens on http://localhost:3000`);
  });
}
