const mongoose = require('mongoose');

const memberSchema = new mongoose.Schema({
  name: {
    type: String,
    required: [true, 'must be there'],
    trim: true,
    maxLength: [30, 'must be at most 30 characters long'],
  },
  email: {
    type: String,
    required: [true, 'must be there'],
    lowercase: true,
    match: [/@/, 'must have an @'],
    unique: true,
  },
  age: { type: Number, min: [12, 'must be 12 at least'], max: [99, 'must be 99 at most'] },
  role: { type: String, enum: ['reader', 'librarian'], default: 'reader' },
});

module.exports = mongoose.model('Member', memberSchema);
