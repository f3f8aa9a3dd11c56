const express = require('express');

const cities = ['Karachi', 'Lahore', 'Nairobi', 'Cairo', 'Lagos', 'Jakarta', 'Manila', 'Dhaka', 'Lima', 'Oslo'];

const app = express();

app.get('/search', (req, res) => {
  const { q } = req.query;
  if (!q) {
    return res.status(400).send('q is missing');
  }
  const found = cities.filter((city) => city.toLowerCase().includes(q.toLowerCase()));
  if (found.length === 0) {
    return res.status(404).send('Nothing found');
  }
  res.json(found);
});

app.listen(3000);
