let total = 0;

for (const arg of process.argv) {
  total += Number(arg);
}

console.log(total);
