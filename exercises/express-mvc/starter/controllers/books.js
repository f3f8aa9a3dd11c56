const model = require('../models/books');

// exports.list = (req, res) => { … };
