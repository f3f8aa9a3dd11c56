const text = process.env.SEATS;
const seats = Number(text);

if (Number.isNaN(seats)) {
  console.error(`SEATS must be a number, but it is "${text}"`);
  process.exitCode = 1;
}

console.log(`Booked ${seats} seats`);
