function now(callback) {
  callback();
}

function microtask(callback) {
  callback();
}

function timer(callback) {
  callback();
}

function immediate(callback) {
  callback();
}

module.exports = { now, microtask, timer, immediate };
