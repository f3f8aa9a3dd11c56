const http = require('node:http');
const path = require('node:path');
const { Worker } = require('node:worker_threads');

/** Calculates in a thread of its own. */
function slowly(start) {
  return new Promise((resolve, reject) => {
    const worker = new Worker(path.join(__dirname, 'worker.js'), { workerData: start });
    worker.once('message', resolve);
    worker.once('error', reject);
  });
}

const server = http.createServer(async (req, res) => {
  const { pathname, searchParams } = new URL(`http://localhost${req.url}`);
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
