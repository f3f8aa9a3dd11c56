function now(callback) {
  callback();
}

function microtask(callback) {
  setTimeout(callback, 0);
}

function timer(callback) {
  setTimeout(callback, 0);
}

function immediate(callback) {
  setTimeout(callback, 0);
}

module.exports = { now, microtask, timer, immediate };
