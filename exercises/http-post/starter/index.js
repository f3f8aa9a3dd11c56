const http = require('node:http');

const notes = [];

const server = http.createServer((req, res) => {
  // POST /notes and GET /notes
});

server.listen(3000, () => {
  console.log('http://localhost:3000/notes');
});
