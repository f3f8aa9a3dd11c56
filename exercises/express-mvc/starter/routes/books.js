const express = require('express');

const router = express.Router();

// Three routes, each with a function of the controller.

module.exports = router;
