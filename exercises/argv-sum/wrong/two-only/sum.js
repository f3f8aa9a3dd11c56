const first = Number(process.argv[2]);
const second = Number(process.argv[3]);

console.log(first + second);
