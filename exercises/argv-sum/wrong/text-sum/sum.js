let total = 0;

for (let i = 2; i < process.argv.length; i++) {
  if (isNaN(process.argv[i])) {
    console.error(`${process.argv[i]} is not a number`);
    process.exit(1);
  }
  total = total + process.argv[i];
}

console.log(total);
