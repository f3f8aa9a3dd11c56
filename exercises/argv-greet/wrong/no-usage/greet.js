const [name, times = 1] = process.argv.slice(2);
for (let i = 0; i < times; i += 1) {
  console.log(`Hello ${name}`);
}
