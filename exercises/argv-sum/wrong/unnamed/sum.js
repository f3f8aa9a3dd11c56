let total = 0;

for (const arg of process.argv.slice(2)) {
  total += Number(arg);
}

if (Number.isNaN(total)) {
  console.error('Please enter only numbers');
  process.exit(1);
}

console.log(total);
