const mongoose = require('mongoose');

// The schema with its rules, and the model.
