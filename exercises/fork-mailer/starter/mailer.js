const fs = require('node:fs');
const path = require('node:path');

// Save each mail in the folder outbox, and answer.
process.on('message', ({ to, text }) => {
  console.log(`a mail to ${to}: ${text}`);
});
