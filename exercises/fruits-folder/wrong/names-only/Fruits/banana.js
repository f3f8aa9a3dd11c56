module.exports = { name: 'banana' };
