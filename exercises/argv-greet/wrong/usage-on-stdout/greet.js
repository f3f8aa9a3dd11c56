const [name, times = 1] = process.argv.slice(2);
if (name) {
  for (let i = 0; i < times; i += 1) console.log(`Hello ${name}`);
} else {
  console.log('Usage: node greet.js <name> [times]');
  process.exitCode = 1;
}
