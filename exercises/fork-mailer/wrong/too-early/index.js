const { fork } = require('node:child_process');
const path = require('node:path');

const [text, ...addresses] = process.argv.slice(2);
const mailer = fork(path.join(__dirname, 'mailer.js'));

for (const to of addresses) {
  mailer.send({ to, text });
  console.log(to.includes('@') ? `sent to ${to}` : `not sent to ${to}`);
}
mailer.disconnect();
