const seats = process.env.SEATS;

if (!seats) {
  console.error('SEATS is not set');
  process.exit(1);
}

console.log(`Booked ${seats} seats`);
