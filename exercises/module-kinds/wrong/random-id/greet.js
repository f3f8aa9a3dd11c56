// Greets in the language of the event.
const word = process.env.GREETING ?? 'Hello';

module.exports = function greet(name) {
  return `${word} ${name}`;
};
