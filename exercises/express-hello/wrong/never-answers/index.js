const express = require('express');

const app = express();

app.get('/', (req, res) => {
  return 'Hello from Express';
});

app.listen(3000, () => {
  console.log('listening on 3000');
});
