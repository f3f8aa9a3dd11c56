const { fork } = require('node:child_process');
const path = require('node:path');

const [text, ...addresses] = process.argv.slice(2);
const mailer = fork(path.join(__dirname, 'mailer.js'));
let answers = 0;

mailer.on('message', ({ to, sent }) => {
  console.log(`${sent ? 'sent' : 'not sent'} to ${to}`);
  answers += 1;
  if (answers === addresses.length) mailer.disconnect();
});

for (const to of addresses) {
  mailer.send({ to, text });
}
