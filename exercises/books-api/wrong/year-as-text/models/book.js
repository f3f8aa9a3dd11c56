const mongoose = require('mongoose');

const bookSchema = new mongoose.Schema(
  {
    title: { type: String, required: [true, 'must be there'] },
    author: { type: String, required: [true, 'must be there'] },
    year: { type: String, match: /^(1[4-9]|20)\d\d$/ },
    isbn: { type: String, required: [true, 'must be there'], unique: true },
  },
  { versionKey: false },
);

module.exports = mongoose.model('Book', bookSchema);
