// A small server that uses your sum.js. Leave this file as it is.
const http = require('node:http');
const sum = require('./sum.js');

const server = http.createServer(async (req, res) => {
  const { pathname, searchParams } = new URL(req.url, 'http://localhost');
  if (pathname === '/ping') {
    res.end('pong');
    return;
  }
  try {
    res.end(String(await sum(Number(searchParams.get('to')))));
  } catch (error) {
    res.statusCode = 400;
    res.end(error.message);
  }
});

server.listen(3000, () => {
  console.log('http://localhost:3000/sum?to=500000');
});
