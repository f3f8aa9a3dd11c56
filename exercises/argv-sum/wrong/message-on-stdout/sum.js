let total = 0;

for (const arg of process.argv.slice(2)) {
  if (Number.isNaN(Number(arg))) {
    console.log(`${arg} is not a number`);
    process.exit(1);
  }
  total += Number(arg);
}

console.log(total);
