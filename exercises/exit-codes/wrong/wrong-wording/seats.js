const text = process.env.SEATS;

if (text === undefined || Number.isNaN(Number(text))) {
  console.error(`SEATS must be a number, but it is "${text}"`);
  process.exit(1);
}

console.log(`Booked seats: ${text}`);
