module.exports = { name: 'orange' };
