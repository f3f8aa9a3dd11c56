module.exports = { name: 'apple' };
