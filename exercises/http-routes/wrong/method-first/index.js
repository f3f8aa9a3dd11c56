const http = require('node:http');

const menu = [
  { name: 'tea', price: 2 },
  { name: 'coffee', price: 3 },
  { name: 'lemon cake', price: 4.5 },
];

const home = '<!doctype html><title>Cafe Samovar</title><h1>Cafe Samovar</h1>';

function send(res, status, type, body) {
  res.writeHead(status, { 'Content-Type': `${type}; charset=utf-8` });
  res.end(body);
}

const server = http.createServer((req, res) => {
  const { pathname, searchParams } = new URL(req.url, 'http://localhost');

  if (req.method !== 'GET') {
    res.setHeader('Allow', 'GET');
    send(res, 405, 'text/plain', 'Only GET');
    return;
  }
  if (!['/', '/menu', '/greet'].includes(pathname)) {
    send(res, 404, 'text/plain', 'There is nothing here');
    return;
  }

  if (pathname === '/') {
    send(res, 200, 'text/html', home);
  } else if (pathname === '/menu') {
    send(res, 200, 'application/json', JSON.stringify(menu));
  } else {
    const name = searchParams.get('name');
    if (!name) {
      send(res, 400, 'text/plain', 'Say who you are: /greet?name=Sana');
      return;
    }
    send(res, 200, 'text/plain', `Welcome, ${name}!`);
  }
});

server.listen(3000, () => {
  console.log('http://localhost:3000');
});
