const fs = require('node:fs');
const path = require('node:path');

process.on('message', ({ to, text }) => {
  if (!to.includes('@')) return;
  fs.mkdirSync('outbox', { recursive: true });
  fs.writeFileSync(path.join('outbox', `${to}.txt`), text);
});
