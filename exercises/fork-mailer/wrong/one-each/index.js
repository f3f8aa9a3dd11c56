const { fork } = require('node:child_process');
const { once } = require('node:events');
const path = require('node:path');

const [text, ...addresses] = process.argv.slice(2);

async function sendAll() {
  for (const address of addresses) {
    const mailer = fork(path.join(__dirname, 'mailer.js'));
    mailer.send({ to: address, text });
    const [{ to, sent }] = await once(mailer, 'message');
    console.log(`${sent ? 'sent' : 'not sent'} to ${to}`);
    mailer.disconnect();
  }
}

sendAll();
