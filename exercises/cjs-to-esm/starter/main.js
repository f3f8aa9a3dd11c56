const { readGuests } = require('./guests.js');

for (const name of readGuests()) {
  console.log(`Welcome ${name}`);
}
