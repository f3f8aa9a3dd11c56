const express = require('express');
const controller = require('../controllers/books');

const router = express.Router();

router.get('/', controller.list);
router.get('/:id', controller.show);
router.post('/', controller.create);

module.exports = router;
