const express = require('express');

const app = express();

const plants = [];

// Your API, below /api/v1.

app.listen(3000, () => {
  console.log('http://localhost:3000/api/v1/plants');
});
