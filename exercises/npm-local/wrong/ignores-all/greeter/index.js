module.exports = (name) => `Good morning ${name}`;
