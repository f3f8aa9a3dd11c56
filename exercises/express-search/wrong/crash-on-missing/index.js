const express = require('express');

const cities = ['Karachi', 'Lahore', 'Nairobi', 'Cairo', 'Lagos', 'Jakarta', 'Manila', 'Dhaka', 'Lima', 'Oslo'];

const app = express();

app.get('/search', (req, res) => {
  const text = req.query.q.toLowerCase();
  res.json(cities.filter((city) => city.toLowerCase().includes(text)));
});

app.listen(3000);
