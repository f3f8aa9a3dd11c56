const cluster = require('node:cluster');
const http = require('node:http');

if (cluster.isPrimary) {
  for (let i = 0; i < Number(process.env.WORKERS); i += 1) cluster.fork();
  cluster.on('exit', (worker) => {
    console.log(`worker ${worker.process.pid} has ended`);
  });
} else {
  const server = http.createServer((req, res) => {
  res.setHeader('Content-Type', 'application/json');
  res.end(JSON.stringify({ pid: process.pid }));
});
  server.listen(3000);
}
