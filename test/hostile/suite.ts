import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { isRoot } from '../../src/sandbox/user.ts';
import { type Attack, readAttacks } from './attack.ts';
import { type Grader, type Install, makeInstall } from './install.ts';
import type { Node } from './nodes.ts';
import { attempt, type Hold, type Trial } from './trial.ts';

/** A user that this machine need not know: any id does. */
const ORDINARY = 54_321;
const AT_ONCE = 2;

/** One attack in one setting, and what became of it. */
export interface Row {
  attack: string;
  hold: Hold;
  user: string;
  node: string;
  trial: Trial;
}

export interface SuiteOptions {
  holds: readonly Hold[];
  nodes: readonly Node[];
  graders: readonly Grader[];
  /** Only these attacks. */
  only?: readonly string[] | undefined;
  onRow?: ((row: Row) => void) | undefined;
}

/** Who can grade here: this user, and an ordinary one where this is root. */
export function gradersHere(): Grader[] {
  return isRoot() ? [{ name: 'root' }, { name: 'user', uid: ORDINARY }] : [{ name: 'user' }];
}

/** Tries every attack in every setting; two at a time. */
export async function runSuite(options: SuiteOptions): Promise<Row[]> {
  const { holds, nodes, graders, only, onRow } = options;
  const folder = fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), 'hostile-tutor-'));
  fs.chmodSync(folder, 0o755);
  try {
    const attacks = readAttacks().filter(({ name }) => only?.includes(name) ?? true);
    const installs = new Map(graders.map((grader) => [grader, makeInstall(path.join(folder, grader.name), grader)]));
    const jobs = nodes.flatMap((node) =>
      graders.flatMap((grader) => holds.flatMap((hold) => attacks.map((attack) => ({ attack, hold, grader, node })))),
    );
    return await inPairs(jobs, async (job) => {
      const row = await rowOf(job, installs.get(job.grader));
      onRow?.(row);
      return row;
    });
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

interface RowJob {
  attack: Attack;
  hold: Hold;
  grader: Grader;
  node: Node;
}

async function rowOf({ attack, hold, grader, node }: RowJob, install: Install | undefined): Promise<Row> {
  if (install === undefined) throw new Error(`There is no tutor for ${grader.name}.`);
  const trial = await attempt(attack, { hold, grader, node, install });
  return { attack: attack.name, hold, user: grader.name, node: node.version, trial };
}

async function inPairs<Job, Answer>(jobs: readonly Job[], work: (job: Job) => Promise<Answer>): Promise<Answer[]> {
  const answers: Answer[] = [];
  const left = jobs.map((job, index) => ({ job, index })).values();
  const lane = async () => {
    for (const { job, index } of left) answers[index] = await work(job);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  return answers;
}
