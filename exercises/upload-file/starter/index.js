const express = require('express');

const app = express();

// POST /photos stores a picture, GET /uploads/<file> sends it.

app.listen(3000);
