const fs = require('node:fs');
const path = require('node:path');

const outbox = path.join(__dirname, 'outbox');

process.on('message', ({ to, text }) => {
  if (!to.includes('@')) {
    process.send({ to, sent: false });
    return;
  }
  fs.mkdirSync(outbox, { recursive: true });
  fs.writeFileSync(path.join(outbox, `${path.basename(to)}.txt`), text);
  process.send({ to, sent: true });
});
