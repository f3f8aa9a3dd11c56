const fs = require('node:fs');
const path = require('node:path');

process.on('message', (mail) => {
  const sent = mail.to.includes('@');
  if (sent) {
    fs.mkdirSync('outbox', { recursive: true });
    fs.writeFileSync(path.join('outbox', `${mail.to}.txt`), String(mail));
  }
  process.send({ to: mail.to, sent });
});
