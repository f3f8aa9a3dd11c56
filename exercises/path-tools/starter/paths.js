const path = require('node:path');

function fileName(file, system) {}

function thumbnail(file, system) {}

function inside(root, name, system) {}

module.exports = { fileName, thumbnail, inside };
