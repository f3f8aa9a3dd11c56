const fs = require('node:fs');
const path = require('node:path');

process.once('message', ({ to, text }) => {
  const sent = to.includes('@');
  if (sent) {
    fs.mkdirSync('outbox', { recursive: true });
    fs.writeFileSync(path.join('outbox', `${to}.txt`), text);
  }
  process.send({ to, sent });
});
