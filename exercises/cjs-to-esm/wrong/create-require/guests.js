import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const fs = require('node:fs');
import path from 'node:path';

export function readGuests() {
  const text = fs.readFileSync(path.join(import.meta.dirname, 'names.txt'), 'utf8');
  return text.trim().split('\n');
}
