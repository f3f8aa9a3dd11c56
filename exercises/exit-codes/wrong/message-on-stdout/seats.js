const text = process.env.SEATS;

if (text === undefined) {
  console.log('SEATS is not set');
  process.exit(1);
}

if (Number.isNaN(Number(text))) {
  console.log(`SEATS must be a number, but it is "${text}"`);
  process.exit(1);
}

console.log(`Booked ${text} seats`);
