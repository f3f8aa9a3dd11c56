// `npm run hostile`: tries every program of fixtures/hostile/ and compares with the recorded table. `-- --record` records anew
// and writes docs/isolation.md; `--node <file>` names the Node.js to grade
// with, more than once if need be; `--layer`, `--only` and `--leaks <runs>` narrow it down.
import { rmSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { prepare, root, run } from './prepare.mjs';

prepare();
const outfile = path.join(root, 'test', 'hostile', `.main-${process.pid}.mjs`);
await build({
  entryPoints: [path.join(root, 'test', 'hostile', 'main.ts')],
  outfile,
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20.19',
  packages: 'external',
  logLevel: 'warning',
});
process.on('exit', () => rmSync(outfile, { force: true }));
run(outfile, process.argv.slice(2));
