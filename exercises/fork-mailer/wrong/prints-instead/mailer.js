const fs = require('node:fs');

process.on('message', (mail) => {
  const sent = mail.to.includes('@');
  if (sent) {
    fs.mkdirSync('outbox', { recursive: true });
    fs.writeFileSync(`outbox/${mail.to}.txt`, mail.text);
  }
  console.log({ to: mail.to, sent });
});
