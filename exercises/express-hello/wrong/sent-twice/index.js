const express = require('express');

const app = express();

app.get('/', (req, res) => {
  res.send('<h1>Welcome</h1>');
  res.send('<p>Hello from Express</p>');
});

app.listen(3000);
