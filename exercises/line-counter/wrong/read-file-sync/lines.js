import { readFileSync } from 'node:fs';

let count = 0;
const bytes = readFileSync(process.argv[2]);
for (const byte of bytes) if (byte === 10) count++;
if (bytes.length > 0 && bytes.at(-1) !== 10) count++;
console.log(count);
