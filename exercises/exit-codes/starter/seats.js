// Take the number of seats from the environment variable SEATS.
// Try it with: SEATS=14 node seats.js

console.log('Booked ? seats');
