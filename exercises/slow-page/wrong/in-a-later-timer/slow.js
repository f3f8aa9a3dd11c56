/** Keeps the thread busy for a while and gives a number. */
function slow(start) {
  let x = start | 0;
  for (let i = 0; i < 200_000_000; i++) {
    x = (Math.imul(x, 1664525) + 1013904223) | 0;
  }
  return x >>> 0;
}

module.exports = slow;
