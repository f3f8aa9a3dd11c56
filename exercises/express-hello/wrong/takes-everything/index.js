const express = require('express');

const app = express();

app.use((req, res) => {
  res.send('Hello from Express');
});

app.listen(3000);
