const express = require('express');

const cities = ['Karachi', 'Lahore', 'Nairobi', 'Cairo', 'Lagos', 'Jakarta', 'Manila', 'Dhaka', 'Lima', 'Oslo'];

const app = express();

// Answer GET /search?q=… here.

app.listen(3000);
