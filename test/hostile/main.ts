// `npm run hostile`: every hostile program under every layer that this machine has, as root and as an ordinary user.
import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { describeLayers } from '../../src/sandbox/layers.ts';
import { ROOT, readAttacks } from './attack.ts';
import { countLeaks, type LeakCount } from './leaks.ts';
import { nodeAt, RUNNING } from './nodes.ts';
import { gradersHere, type Row, runSuite } from './suite.ts';
import { leakLine, pageOf, readRecorded, record, worseThan } from './table.ts';
import type { Hold } from './trial.ts';

const PAGE = path.join(ROOT, 'docs', 'isolation.md');

const { values } = parseArgs({
  options: {
    node: { type: 'string', multiple: true, default: [] },
    only: { type: 'string' },
    layer: { type: 'string', multiple: true, default: [] },
    record: { type: 'boolean', default: false },
    leaks: { type: 'string', default: '200' },
  },
});

const holds = await holdsHere(values.layer);
const nodes = values.node.length > 0 ? values.node.map(nodeAt) : [RUNNING];
const { only: part = '' } = values;
const only = readAttacks()
  .map(({ name }) => name)
  .filter((name) => name.includes(part));
const rows = await runSuite({ holds, nodes, graders: gradersHere(), only, onRow: tell });
const counts: LeakCount[] = [];
if (Number(values.leaks) > 0) {
  for (const hold of holds.filter((name) => name !== 'bare')) counts.push(await countLeaks(hold, Number(values.leaks)));
}
for (const count of counts) say(leakLine(count));

const faults = [
  ...worseThan(readRecorded(), rows).map((line) => `WORSE: ${line}`),
  ...rows
    .filter(({ hold, trial }) => hold === 'bare' && trial.result === 'stopped')
    .map(({ attack, user }) => `NO ATTACK: ${attack} does nothing even without a tutor, as ${user}`),
  ...counts
    .filter(({ after }) => Object.values(after).some((count) => count > 0))
    .map(({ hold }) => `LEFTOVERS: under ${hold}`),
];
for (const fault of faults) say(fault);
if (values.record) fs.writeFileSync(PAGE, pageOf(record(rows, counts)));
process.exitCode = faults.length > 0 ? 1 : 0;

async function holdsHere(asked: readonly string[]): Promise<Hold[]> {
  const names: Readonly<Record<string, Hold>> = {
    none: 'none',
    guard: 'guard',
    unshare: 'unshare',
    bubblewrap: 'strict',
  };
  const described = await describeLayers();
  const here = described.filter(({ probe }) => probe.available).flatMap(({ name }) => names[name] ?? []);
  const holds: Hold[] = ['bare', ...here];
  const unknown = asked.filter((name) => !holds.some((hold) => hold === name));
  if (unknown.length > 0) throw new Error(`--layer may be ${holds.join(', ')} here, and not ${unknown.join(', ')}.`);
  return holds.filter((hold) => asked.length === 0 || asked.includes(hold));
}

function tell({ attack, hold, user, node, trial }: Row): void {
  say(`${attack.padEnd(28)} ${hold.padEnd(8)} ${user.padEnd(5)} ${node.padEnd(9)} ${trial.result} ${trial.by ?? ''}`);
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
