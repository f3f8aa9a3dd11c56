const { readFileSync } = require('node:fs');
const https = require('node:http');
const path = require('node:path');

const read = (name) => readFileSync(path.join(__dirname, name));

const server = https.createServer((req, res) => {
  const { pathname } = new URL(req.url, 'https://localhost');
  res.setHeader('content-type', 'text/plain');
  if (pathname === '/') {
    res.end('This is private.');
  } else if (pathname.startsWith('/secret/')) {
    res.end(`Between us: ${decodeURIComponent(pathname.slice('/secret/'.length))}`);
  } else {
    res.statusCode = 404;
    res.end('There is no such page.');
  }
});

server.listen(8443);
