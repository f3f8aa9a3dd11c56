const express = require('express');

const app = express();

// Answer GET / with: Hello from Express
// Then listen on port 3000.
