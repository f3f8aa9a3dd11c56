const express = require('express');

const app = express();

// The four routes.

app.listen(3000, (error) => {
  if (error) throw error;
  console.log('Listening on http://localhost:3000/');
});
