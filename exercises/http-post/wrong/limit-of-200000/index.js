const http = require('node:http');

const LIMIT = 200_000;
const notes = [];

function sendJson(res, status, data) {
  res.writeHead(status, { 'Content-Type': 'application/json' });
  res.end(JSON.stringify(data));
}

/** The body as text, or undefined when it is too large. */
async function readBody(req) {
  const chunks = [];
  let size = 0;
  for await (const chunk of req) {
    size += chunk.length;
    if (size <= LIMIT) chunks.push(chunk);
  }
  return size > LIMIT ? undefined : Buffer.concat(chunks).toString('utf8');
}

function readNote(body) {
  try {
    const data = JSON.parse(body);
    return typeof data?.text === 'string' && data.text !== '' ? data.text : undefined;
  } catch {
    return undefined;
  }
}

async function addNote(req, res) {
  const body = await readBody(req);
  if (body === undefined) {
    sendJson(res, 413, { error: 'At most 200 KB' });
    return;
  }
  const text = readNote(body);
  if (text === undefined) {
    sendJson(res, 400, { error: 'Send JSON with a text' });
    return;
  }
  const note = { id: notes.length + 1, text, length: text.length };
  notes.push(note);
  sendJson(res, 201, note);
}

const server = http.createServer((req, res) => {
  const route = `${req.method} ${req.url}`;
  if (route === 'GET /notes') {
    sendJson(res, 200, notes);
  } else if (route === 'POST /notes') {
    addNote(req, res).catch(() => res.destroy());
  } else {
    sendJson(res, 404, { error: 'There is nothing here' });
  }
});

server.listen(3000, () => {
  console.log('http://localhost:3000/notes');
});
