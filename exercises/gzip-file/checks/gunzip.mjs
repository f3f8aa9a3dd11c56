// Looks whether a file is gzip, and gives back the bytes of the original.
import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';

const [original, packed] = process.argv.slice(2).map((name) => path.join(process.env.NODE_TUTOR_WORK, name));

function look() {
  const name = path.basename(packed);
  if (!existsSync(packed) || !statSync(packed).isFile()) {
    return { passed: false, message: `There is no file ${name}.`, expected: name, got: 'no such file' };
  }
  const wanted = readFileSync(original);
  let got;
  try {
    got = gunzipSync(readFileSync(packed));
  } catch (error) {
    return { passed: false, message: `${name} is no whole gzip file.`, expected: 'gzip', got: String(error.message) };
  }
  if (got.equals(wanted)) return { passed: true };
  return {
    passed: false,
    message: `${name} does not hold the bytes of the original.`,
    expected: `${wanted.length} bytes`,
    got: `${got.length} bytes${got.length === wanted.length ? ', others' : ''}`,
  };
}

console.log(JSON.stringify(look()));
