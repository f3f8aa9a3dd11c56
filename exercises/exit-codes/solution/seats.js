const text = process.env.SEATS;

if (text === undefined) {
  console.error('SEATS is not set. Example: SEATS=14 node seats.js');
  process.exit(1);
}

const seats = Number(text);

if (Number.isNaN(seats)) {
  console.error(`SEATS must be a number, but it is "${text}".`);
  process.exit(1);
}

console.log(`Booked ${seats} seats`);
