const [name, times = 0] = process.argv.slice(2);
if (!name) {
  console.error('Usage: node greet.js <name> [times]');
  process.exit(1);
}
for (let i = 0; i <= Number(times); i += 1) {
  console.log(`Hello ${name}`);
}
