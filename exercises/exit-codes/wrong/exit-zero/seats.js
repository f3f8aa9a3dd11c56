const text = process.env.SEATS;

if (text === undefined) {
  console.error('SEATS is not set');
} else if (Number.isNaN(Number(text))) {
  console.error(`SEATS must be a number, but it is "${text}"`);
} else {
  console.log(`Booked ${text} seats`);
}
