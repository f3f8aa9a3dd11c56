function parts(address) {}

function nextPage(address) {}

module.exports = { parts, nextPage };
