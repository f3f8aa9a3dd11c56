const mongoose = require('mongoose');

const bookSchema = new mongoose.Schema({
  title: { type: String, required: true },
  pages: Number,
  finished: { type: Boolean, default: false },
});

module.exports = mongoose.model('Book', bookSchema);
