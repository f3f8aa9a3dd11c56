import { spawnSync } from 'node:child_process';

const hasBubblewrap = spawnSync('bwrap', ['--version'], { stdio: 'ignore' }).status === 0;

/** What `--isolate` can be on this machine. */
export const LAYERS: readonly string[] = [...(hasBubblewrap ? ['strict'] : []), 'guard', 'none'];
