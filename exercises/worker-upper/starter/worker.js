const { parentPort, workerData } = require('node:worker_threads');

// Send the text back in capital letters.
