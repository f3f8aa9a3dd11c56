const { readFileSync } = require('node:fs');
const https = require('node:https');
const path = require('node:path');

const read = (name) => readFileSync(path.join(__dirname, name));

const server = https.createServer({ key: read('key.pem'), cert: read('cert.pem') }, (req, res) => {
  const { pathname } = new URL(`https://localhost${req.url}`);
  res.setHeader('content-type', 'text/plain');
  if (pathname === '/') {
    res.end(req.socket.encrypted ? 'This is private.' : 'Everybody can read this.');
  } else if (pathname.startsWith('/secret/')) {
    res.end(`Between us: ${pathname.slice('/secret/'.length)}`);
  } else {
    res.statusCode = 404;
    res.end('There is no such page.');
  }
});

server.listen(8443);
