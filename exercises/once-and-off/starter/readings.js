function subscribe(station, listener) {}

function first(station, listener) {}

function collect(station, count, done) {}

module.exports = { subscribe, first, collect };
