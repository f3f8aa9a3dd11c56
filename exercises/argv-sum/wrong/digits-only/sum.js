let total = 0;

for (const arg of process.argv.slice(2)) {
  const number = Number(arg);
  if (!/^\d+$/.test(arg)) {
    console.error(`${arg} is not a number`);
    process.exit(1);
  }
  total += number;
}

console.log(total);
