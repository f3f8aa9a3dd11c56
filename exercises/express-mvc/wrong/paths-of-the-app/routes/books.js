const express = require('express');
const controller = require('../controllers/books');

const router = express.Router();

router.get('/books', controller.list);
router.get('/books/:id', controller.show);
router.post('/books', controller.create);

module.exports = router;
