// `npm run bench`: what the tutor costs, as ratios against bare Node.js measured in the same rounds. Exits 1 when a budget is missed.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { measureWarm } from './bench-warm.mjs';
import { prepare, root } from './prepare.mjs';
import { measureStartUp } from './start-up.mjs';

/** Start-up of Node.js in a layer, beside that of bare node. */
const LAYER_BUDGETS = { guard: 1.15, bubblewrap: 1.4 };
const ROUNDS = Number(process.argv[2] ?? 21);
/** Of a cold start: from a save to the verdict with all that stands ready. */
const WARM_BUDGET = 0.4;

prepare();
// Bare Node.js would read the certificates, too, and all that is beside it look cheap.
delete process.env.NODE_EXTRA_CA_CERTS;
const tutor = path.join(root, 'dist', 'bin.cjs');
const folder = mkdtempSync(path.join(tmpdir(), 'node-tutor-bench-'));
const until = path.join(folder, 'exit-when-listening.cjs');
writeFileSync(
  until,
  "const { Server } = require('node:net');\nconst { listen } = Server.prototype;\nServer.prototype.listen = function (...args) {\n  this.once('listening', () => process.exit());\n  return listen.call(this, 0);\n};\n",
);
const solution = (id) => path.join(root, 'exercises', id, 'solution');
const checksOf = (id) =>
  JSON.parse(readFileSync(path.join(root, 'dist', 'course', 'exercises', `${id}.json`), 'utf8')).checks;
/** Programs that the checks of an exercise start: the learner's, also to use its modules, and the reference where its output is the measure. */
const runsOf = (id) => {
  const runs = checksOf(id)
    .flatMap(({ parts }) => parts)
    .filter(({ kind }) => kind === 'program' || kind === 'module');
  return runs.reduce((sum, { spec }) => sum + (spec.stdout?.from === 'solution' ? 2 : 1), 0);
};
/** Beside the guard: bubblewrap as `auto` takes it, and what is asked for where strangers' code is graded. */
const isolations = ['guard', ...(hasBubblewrap() ? ['auto', 'strict'] : [])];
const check = (id, isolation) => [tutor, 'check', id, '--submission', solution(id), '--isolate', isolation];
// An app that node_modules resolves for as in a run: a copy inside the clone.
const express = path.join(root, 'node_modules', '.cache', 'node-tutor-bench');
cpSync(solution('express-hello'), express, { recursive: true });

const rows = [
  { name: 'node -e 0', args: ['-e', '0'] },
  { name: 'Express app until it listens', args: ['--require', until, path.join(express, 'index.js')] },
  { name: '--version', args: [tutor, '--version'], budget: () => 1.15 },
  { name: '--help', args: [tutor, '--help'], budget: () => 1.3 },
  { name: 'list', args: [tutor, 'list'], budget: () => 1.6 },
  {
    name: 'completion at the Tab key',
    args: [tutor, 'completion', 'words', '--', 'start', '=argv'],
    budget: () => 1.6,
  },
  ...isolations.flatMap((isolation) => [
    ...['hello-node', 'argv-sum'].map((id) => ({
      name: `check ${id}, ${runsOf(id)} run(s), ${isolation}`,
      args: check(id, isolation),
      // Strict grades in a worker, whose files are in memory.
      budget: () => 1.6 + 0.8 * runsOf(id) + (isolation === 'strict' ? 1 : 0),
    })),
    {
      name: `check express-hello, ${isolation}`,
      args: check('express-hello', isolation),
      // In namespaces the grader is a process of its own.
      budget: (bare, app) => 1.3 * (1 + app / bare) + (isolation === 'guard' ? 0 : 1),
    },
  ]),
];

const samples = rows.map(() => []);
for (let round = -1; round < ROUNDS; round++) {
  for (const [index, { name, args }] of rows.entries()) {
    const started = performance.now();
    const { status, stderr } = spawnSync(process.execPath, args, { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
    if (status !== 0) throw new Error(`${name} ended with ${status}: ${stderr}`);
    if (round >= 0) samples[index].push(performance.now() - started);
  }
}
rmSync(folder, { recursive: true, force: true });
rmSync(express, { recursive: true, force: true });

const [bare, app] = samples.map(median);
let missed = 0;
console.log(`Node.js ${process.version}, ${ROUNDS} rounds, medians; bare node ${bare.toFixed(1)} ms\n`);
for (const [index, { name, budget }] of rows.entries()) show(name, median(samples[index]) / bare, budget?.(bare, app));
console.log('\nAfter a save, against a cold start of the app until its first answer\n');
for (const { id, cold, warm } of await measureWarm({
  rounds: ROUNDS,
  layers: isolations.filter((name) => name !== 'auto'),
})) {
  const start = median(cold);
  const checks = checksOf(id).length;
  const starts = Math.max(1, runsOf(id));
  console.log(`${`${id}, cold start`.padEnd(42)} ${start.toFixed(0).padStart(5)} ms`);
  for (const { layer, first, verdict } of warm) {
    // A cold start is measured up to one answer; the verdict of the first check takes few of them, that of all may take dozens,
    // or start the program several times: then it is beside as many cold starts.
    show(`save → first check, ${id}, ${layer}`, median(first) / start, WARM_BUDGET);
    const whole = starts === 1 ? '' : ` (${starts} starts)`;
    show(`save → all ${checks} checks${whole}, ${id}, ${layer}`, median(verdict) / (start * starts), WARM_BUDGET);
  }
}
const { bare: alone, ...wrapped } = measureStartUp(ROUNDS);
for (const [layer, time] of Object.entries(wrapped)) {
  show(`start of a program that prints, ${layer}`, time / alone, LAYER_BUDGETS[layer]);
}
process.exit(missed > 0 ? 1 : 0);

function show(name, ratio, limit) {
  const isMissed = limit !== undefined && ratio > limit;
  if (isMissed) missed += 1;
  const verdict = limit === undefined ? '' : `budget ${limit.toFixed(2)} ×  ${isMissed ? 'MISSED' : 'met'}`;
  console.log(`${name.padEnd(42)} ${ratio.toFixed(2).padStart(5)} ×  ${verdict}`);
}

function median(values) {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}

function hasBubblewrap() {
  return spawnSync('bwrap', ['--version'], { stdio: 'ignore' }).status === 0;
}
