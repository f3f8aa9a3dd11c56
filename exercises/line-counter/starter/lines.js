const fs = require('node:fs');

const file = process.argv[2];
// Read the file as a stream, and count.
