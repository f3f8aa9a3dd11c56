function now(callback) {
  callback();
}

function microtask(callback) {
  Promise.resolve().then(callback);
}

function timer(callback) {
  setTimeout(callback, 100);
}

function immediate(callback) {
  setImmediate(callback);
}

module.exports = { now, microtask, timer, immediate };
