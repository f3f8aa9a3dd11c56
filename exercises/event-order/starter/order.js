function now(callback) {}

function microtask(callback) {}

function timer(callback) {}

function immediate(callback) {}

module.exports = { now, microtask, timer, immediate };
