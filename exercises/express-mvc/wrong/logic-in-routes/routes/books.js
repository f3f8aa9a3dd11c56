const express = require('express');
const model = require('../models/books');
const controller = require('../controllers/books');

const router = express.Router();

router.get('/', controller.list);
router.get('/:id', (req, res) => {
  const book = model.find(req.params.id);
  if (!book) return res.status(404).json({ error: 'No such book' });
  res.json(book);
});
router.post('/', controller.create);

module.exports = router;
