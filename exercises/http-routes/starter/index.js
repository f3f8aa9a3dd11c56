const http = require('node:http');

const menu = [
  { name: 'tea', price: 2 },
  { name: 'coffee', price: 3 },
  { name: 'lemon cake', price: 4.5 },
];

const server = http.createServer((req, res) => {
  // Look at req.method and req.url, and answer.
});

server.listen(3000, () => {
  console.log('http://localhost:3000');
});
