// A small server. Leave this file as it is.
const http = require('node:http');

const { PORT = 3000, NODE_ENV = 'development' } = process.env;

const server = http.createServer((req, res) => {
  res.end(`Hello from process ${process.pid}, in ${NODE_ENV}\n`);
});

server.listen(PORT, () => {
  console.log(`http://localhost:${PORT}`);
});
