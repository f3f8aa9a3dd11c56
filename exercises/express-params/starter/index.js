const express = require('express');

const users = [
  { username: 'hamza', city: 'Lahore' },
  { username: 'maham', city: 'Karachi' },
  { username: 'zoya', city: 'Quetta' },
  { username: 'bilal', city: 'Multan' },
];

const app = express();

// GET /hello/:name

// GET /sum/:a/:b

// GET /users/:username

app.listen(3000, (error) => {
  if (error) throw error;
  console.log('Listening on http://localhost:3000/');
});
