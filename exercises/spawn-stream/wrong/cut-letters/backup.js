// A tool that takes its time. Leave this file as it is.
console.log(process.argv[2] ?? 'everything');

let saved = 0;
const timer = setInterval(() => {
  saved += 1;
  console.log(`${saved} of 3 files saved`);
  if (saved === 3) clearInterval(timer);
}, 500);
