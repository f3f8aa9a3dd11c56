import fs from 'node:fs';
import path from 'node:path';

export function readGuests() {
  const text = fs.readFileSync(path.resolve('names.txt'), 'utf8');
  return text.trim().split('\n');
}
