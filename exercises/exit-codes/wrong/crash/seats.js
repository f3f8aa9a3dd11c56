const text = process.env.SEATS.trim();
const seats = Number(text);

if (Number.isNaN(seats)) {
  console.error(`SEATS must be a number, but it is "${text}"`);
  process.exit(1);
}

console.log(`Booked ${seats} seats`);
