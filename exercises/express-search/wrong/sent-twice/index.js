const express = require('express');

const cities = ['Karachi', 'Lahore', 'Nairobi', 'Cairo', 'Lagos', 'Jakarta', 'Manila', 'Dhaka', 'Lima', 'Oslo'];

const app = express();

app.get('/search', (req, res) => {
  const { q = '' } = req.query;
  if (q === '') {
    res.status(400).send('q is missing');
  }
  res.json(cities.filter((city) => city.toLowerCase().includes(q.toLowerCase())));
});

app.listen(3000);
