const mongoose = require('mongoose');

const bookSchema = new mongoose.Schema(
  {
    title: { type: String, required: [true, 'must be there'] },
    author: { type: String, required: [true, 'must be there'] },
    year: { type: Number, min: [1450, 'must be 1450 at least'], max: [2100, 'must be 2100 at most'] },
    isbn: { type: String, required: [true, 'must be there'], unique: true },
  },
  { versionKey: false },
);

module.exports = mongoose.model('Book', bookSchema);
