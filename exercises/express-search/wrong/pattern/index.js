const express = require('express');

const cities = ['Karachi', 'Lahore', 'Nairobi', 'Cairo', 'Lagos', 'Jakarta', 'Manila', 'Dhaka', 'Lima', 'Oslo'];

const app = express();

app.get('/search', (req, res) => {
  const { q } = req.query;
  if (typeof q !== 'string' || q === '') {
    return res.status(400).send('Say what to search for: /search?q=ka');
  }
  const pattern = new RegExp(q, 'i');
  res.json(cities.filter((city) => pattern.test(city)));
});

app.listen(3000);
