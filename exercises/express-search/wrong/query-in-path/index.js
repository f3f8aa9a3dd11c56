const express = require('express');

const cities = ['Karachi', 'Lahore', 'Nairobi', 'Cairo', 'Lagos', 'Jakarta', 'Manila', 'Dhaka', 'Lima', 'Oslo'];

const app = express();

app.get('/search?q=:q', (req, res) => {
  const { q } = req.params;
  res.json(cities.filter((city) => city.toLowerCase().includes(q.toLowerCase())));
});

app.listen(3000);
