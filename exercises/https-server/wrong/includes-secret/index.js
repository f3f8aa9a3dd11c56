const { readFileSync } = require('node:fs');
const https = require('node:https');
const path = require('node:path');

const read = (name) => readFileSync(path.join(__dirname, name));

const server = https.createServer({ key: read('key.pem'), cert: read('cert.pem') }, (req, res) => {
  const { pathname } = new URL(req.url, 'https://localhost');
  res.setHeader('content-type', 'text/plain');
  if (pathname === '/') {
    res.end(req.socket.encrypted ? 'This is private.' : 'Everybody can read this.');
  } else if (pathname.includes('secret')) {
    res.end(`Between us: ${decodeURIComponent(pathname.split('/').pop())}`);
  } else {
    res.writeHead(404).end('There is no such page.');
  }
});

server.listen(8443);
