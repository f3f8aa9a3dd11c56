const express = require('express');

const app = express();
app.use(express.json());

// POST /register, POST /login, GET /me

app.listen(3000);
