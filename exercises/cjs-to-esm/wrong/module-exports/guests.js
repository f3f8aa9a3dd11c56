import fs from 'node:fs';
import path from 'node:path';

function readGuests() {
  const text = fs.readFileSync(path.join(import.meta.dirname, 'names.txt'), 'utf8');
  return text.trim().split('\n');
}
