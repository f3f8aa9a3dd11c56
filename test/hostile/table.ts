import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { type Attack, EVIDENCE, HOSTILE, readAttacks } from './attack.ts';
import type { LeakCount } from './leaks.ts';
import type { Row } from './suite.ts';
import type { Hold, Trial } from './trial.ts';

/** What became of each attack, by hold, user and major version of Node.js: `strict user 20`. */
type Table = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** All that was seen so far, of which the page is made. */
export interface Recorded {
  system: string;
  /** Versions of Node.js that were tried, by their major number. */
  nodes: Readonly<Record<string, string>>;
  table: Table;
  leaks: Readonly<Partial<Record<Hold, LeakCount>>>;
}

const RECORDED = path.join(HOSTILE, 'recorded.json');
const WORST_LAST: readonly Trial['result'][] = ['untried', 'stopped', 'limit', 'escaped'];
const HOLDS: readonly Hold[] = ['bare', 'none', 'guard', 'unshare', 'strict'];

/** What was recorded last; nothing, when that never happened. */
export function readRecorded(): Recorded {
  if (!fs.existsSync(RECORDED)) return { system: '', nodes: {}, table: {}, leaks: {} };
  return JSON.parse(fs.readFileSync(RECORDED, 'utf8'));
}

/** Keeps what was seen now in place of what was seen of the same before; attacks that are gone go. */
export function record(rows: readonly Row[], counts: readonly LeakCount[]): Recorded {
  const { nodes, table, leaks } = readRecorded();
  const names = readAttacks().map(({ name }) => name);
  const seen = (attack: string) =>
    Object.fromEntries(rows.filter((row) => row.attack === attack).map((row) => [cellName(row), told(row.trial)]));
  const recorded: Recorded = {
    system: `${os.type()} ${os.release().split('.').slice(0, 2).join('.')}`,
    nodes: { ...nodes, ...Object.fromEntries(rows.map(({ node }) => [majorOf(node), node.slice(1)])) },
    table: Object.fromEntries(names.map((name) => [name, { ...table[name], ...seen(name) }])),
    leaks: { ...leaks, ...Object.fromEntries(counts.map((count) => [count.hold, count])) },
  };
  fs.writeFileSync(RECORDED, `${JSON.stringify(recorded, undefined, 2)}\n`);
  return recorded;
}

/** Cells that are not held now, although they were when they were recorded, or were never recorded. */
export function worseThan({ table }: Recorded, rows: readonly Row[]): string[] {
  return rows
    .filter(({ trial }) => trial.result === 'escaped')
    .filter((row) => !(table[row.attack]?.[cellName(row)] ?? '').startsWith('escaped'))
    .map(({ attack, hold, user, node, trial }) => `${attack} under ${hold}, as ${user}, Node.js ${node}: ${trial.by}`);
}

function told({ result, by }: Trial): string {
  return by === undefined ? result : `${result}: ${by.split('\n')[0]?.slice(0, 80)}`;
}

function cellName({ hold, user, node }: Row): string {
  return `${hold} ${user} ${majorOf(node)}`;
}

function majorOf(version: string): string {
  return /\d+/.exec(version)?.[0] ?? version;
}

/** The worst of one attack over all versions of Node.js. */
function worst(cells: Readonly<Record<string, string>>, setting: string): string | undefined {
  const all = Object.entries(cells).flatMap(([name, text]) => (name.startsWith(`${setting} `) ? [text] : []));
  return all.sort((a, b) => rank(a) - rank(b)).at(-1);
}

function rank(text: string): number {
  return WORST_LAST.findIndex((result) => text.startsWith(result));
}

const NAMES: Readonly<Record<Hold, string>> = {
  bare: 'plain `node`',
  none: '`none`',
  guard: '`guard`',
  unshare: '`unshare`',
  strict: '`strict`',
};

/** The table as a page. */
export function pageOf({ table, nodes, system, leaks }: Recorded): string {
  const attacks = readAttacks();
  const seen = new Set(Object.values(table).flatMap((cells) => Object.keys(cells).map((cell) => cell.split(' ')[0])));
  const holds = HOLDS.filter((hold) => seen.has(hold));
  const layers = holds.filter((hold) => hold !== 'bare');
  const classes = [...new Set(attacks.map((attack) => attack.class))];
  const programs = attacks.filter((attack) => attack.test === undefined);
  const count = (hold: Hold, user: string, of: readonly Attack[]) => {
    const told = of.map(({ name }) => worst(table[name] ?? {}, `${hold} ${user}`) ?? 'untried');
    const tried = told.filter((text) => !text.startsWith('untried'));
    return `${tried.filter((text) => !text.startsWith('escaped')).length} of ${tried.length}`;
  };
  const lines = [
    '# Isolation: what stops what',
    '',
    '<!-- Made by `npm run hostile -- --record` from what it saw. Do not edit. -->',
    '',
    `${programs.length} hostile programs (\`fixtures/hostile/\`), each graded by the built command, as root and as an ordinary user (${system}).`,
    `Tried with Node.js ${holds
      .map(
        (hold) =>
          `${triedWith(table, hold)
            .map((major) => nodes[major])
            .join(', ')} (${NAMES[hold]})`,
      )
      .join('; ')}.`,
    'A row says what became of the attack, seen from outside: a canary, a listener, a process that lives on, a secret in what came out. What the program says of itself counts nothing.',
    `${attacks.length - programs.length} more attacks are no programs of learners (packs, reports, the terminal): tests judge those.`,
    'A cell holds the worst over all these versions. Plain `node` is the control: it shows that the attack works where nothing stops it.',
    '',
    '- **stopped**: nothing of it was seen, and the submission failed or was refused;',
    '- **limit**: it ran into the named limit, and the submission failed for that reason;',
    '- **NOT stopped**: with what was seen;',
    '- –: it cannot be tried so; the manifest says why.',
    '',
    '## Attacks held, by class',
    '',
    row(['class', ...layers.flatMap((hold) => [`${NAMES[hold]}, root`, `${NAMES[hold]}, user`])]),
    row(['---', ...layers.flatMap(() => ['---', '---'])]),
    ...classes.flatMap((name) => {
      const of = programs.filter((attack) => attack.class === name);
      if (of.length === 0) return [];
      return [row([name, ...layers.flatMap((hold) => [count(hold, 'root', of), count(hold, 'user', of)])])];
    }),
    row(['**all**', ...layers.flatMap((hold) => [count(hold, 'root', programs), count(hold, 'user', programs)])]),
    '',
    ...classes.flatMap((name) => [
      `## ${name}`,
      '',
      row(['attack', 'what it tries', 'needs', ...holds.map((hold) => NAMES[hold])]),
      row(['---', '---', '---', ...holds.map(() => '---')]),
      ...attacks
        .filter((attack) => attack.class === name)
        .map((attack) =>
          row([
            `\`${attack.name}\``,
            attack.test === undefined ? attack.tries : `${attack.tries} Judged by \`${attack.test}\`.`,
            attack.grants.join(', '),
            ...holds.map((hold) => cellOf(table[attack.name] ?? {}, hold)),
          ]),
        ),
      '',
    ]),
    '## What is left afterwards',
    '',
    ...Object.values(leaks).map(leakLine),
    '',
    '## What counts as seen',
    '',
    ...Object.entries(EVIDENCE).map(([name, meaning]) => `- \`${name}\`: ${meaning}`),
    '',
  ];
  return lines.join('\n');
}

function row(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}

/** Major versions of Node.js that a hold was tried with. */
function triedWith(table: Table, hold: Hold): string[] {
  const cells = Object.values(table).flatMap((row) => Object.keys(row));
  const majors = cells.flatMap((cell) => (cell.startsWith(`${hold} `) ? [cell.split(' ')[2] ?? ''] : []));
  return [...new Set(majors)].sort();
}

/** What was left of many runs, in one line. */
export function leakLine({ hold, runs, killed, before, after }: LeakCount): string {
  const kinds = Object.keys(before) as (keyof typeof before)[];
  const counts = kinds.map((what) => `${what} ${before[what]} → ${after[what]}`);
  return `- \`${hold}\`: ${runs} hostile runs, in ${killed} of which the tutor was killed by SIGKILL. Before → after: ${counts.join(', ')}.`;
}

/** One cell for both users where they agree. */
function cellOf(cells: Readonly<Record<string, string>>, hold: Hold): string {
  const [root, user] = ['root', 'user'].map((name) => wordsOf(worst(cells, `${hold} ${name}`)));
  if (root === user || root === undefined) return user ?? '–';
  return `${user ?? '–'}; as root: ${root}`;
}

function wordsOf(told: string | undefined): string | undefined {
  if (told === undefined) return undefined;
  if (told.startsWith('untried')) return '–';
  return told.startsWith('escaped') ? `**NOT stopped** (${told.slice('escaped: '.length)})` : told;
}
