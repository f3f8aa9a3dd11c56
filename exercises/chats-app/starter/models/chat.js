const mongoose = require('mongoose');

// The schema and the model.
