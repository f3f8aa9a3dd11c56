// What each isolation layer adds to the start of Node.js, in this machine's layers.
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { buildSync } from 'esbuild';
import { root } from './prepare.mjs';

/** Medians in milliseconds, `bare` and by the name of the layer. */
export function measureStartUp(rounds) {
  const outfile = path.join(root, 'dist', 'start-up.cjs');
  const entryPoints = [path.join(root, 'test', 'sandbox', 'start-up.ts')];
  buildSync({ entryPoints, outfile, bundle: true, platform: 'node', format: 'cjs', target: 'node20.19' });
  try {
    const args = [outfile, path.join(root, 'dist'), String(rounds)];
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
    if (status !== 0) throw new Error(stderr);
    return JSON.parse(stdout);
  } finally {
    rmSync(outfile);
  }
}
