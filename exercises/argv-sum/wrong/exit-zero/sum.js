const args = process.argv.slice(2);
const bad = args.find((arg) => Number.isNaN(Number(arg)));

if (bad === undefined) {
  console.log(args.reduce((total, arg) => total + Number(arg), 0));
} else {
  console.error(`${bad} is not a number`);
}
