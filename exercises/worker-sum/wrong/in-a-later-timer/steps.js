/**
 * Adds up the steps that the numbers from 1 to `to` need to come down to 1:
 * an even number is halved, an odd one is tripled, plus 1.
 * Keeps its thread busy for a while. Leave this file as it is.
 */
function addSteps(to) {
  if (!Number.isInteger(to) || to < 1) throw new RangeError('to must be a whole number from 1 on');
  let sum = 0;
  for (let number = 1; number <= to; number += 1) {
    for (let rest = number; rest !== 1; sum += 1) {
      rest = rest % 2 === 0 ? rest / 2 : 3 * rest + 1;
    }
  }
  return sum;
}

module.exports = addSteps;
