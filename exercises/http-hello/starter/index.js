const http = require('node:http');

// Your server.
