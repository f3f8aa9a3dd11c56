const seats = Number(process.SEATS);

if (Number.isNaN(seats)) {
  console.error(`SEATS must be a number, but it is "${process.SEATS}"`);
  process.exit(1);
}

console.log(`Booked ${seats} seats`);
