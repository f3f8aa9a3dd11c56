const seats = Number(process.env.SEATS);

if (Number.isNaN(seats)) {
  process.exit(1);
}

console.log(`Booked ${seats} seats`);
