const express = require('express');
const model = require('../models/books');
const controller = require('../controllers/books');

const router = express.Router();

router.get('/', controller.list);
router.get('/:id', (req, res) => {
  const book = model.find(req.params.id);
  if (!book) throw Object.assign(new Error('No such book'), { status: 404 });
  res.json(book);
});
router.post('/', controller.create);

module.exports = router;
