// Tells what it has got. Leave this file as it is.
const http = require('node:http');

const server = http.createServer(async (req, res) => {
  let body = '';
  for await (const chunk of req.setEncoding('utf8')) body += chunk;
  const { host, 'x-forwarded-for': forwardedFor = 'nobody' } = req.headers;
  res.setHeader('Content-Type', 'application/json');
  res.end(JSON.stringify({ method: req.method, path: req.url, host, forwardedFor, body }));
});

server.listen(3000, () => {
  console.log('http://localhost:3000');
});
