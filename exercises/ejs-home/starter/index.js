const express = require('express');

const app = express();

// Tell Express about EJS and about the folder views.

app.get('/', (req, res) => {
  res.send('Nothing here yet');
});

app.listen(3000, (error) => {
  if (error) throw error;
  console.log('Listening on http://localhost:3000/');
});
