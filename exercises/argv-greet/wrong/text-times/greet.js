const [name, times] = process.argv.slice(2);
if (!name) {
  console.error('Usage: node greet.js <name> [times]');
  process.exit(1);
}
console.log(`Hello ${name}` + (times ? ' ' + times : ''));
