const express = require('express');

const cities = ['Karachi', 'Lahore', 'Nairobi', 'Cairo', 'Lagos', 'Jakarta', 'Manila', 'Dhaka', 'Lima', 'Oslo'];

const app = express();

app.get('/search', (req, res) => {
  const { q } = req.query;
  if (!q) {
    return res.status(400).send('q is missing');
  }
  res.json(cities.filter((city) => city.includes(q)));
});

app.listen(3000);
