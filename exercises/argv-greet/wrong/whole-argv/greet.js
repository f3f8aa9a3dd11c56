for (const name of process.argv) {
  console.log(`Hello ${name}`);
}
