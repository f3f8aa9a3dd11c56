import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { z } from 'zod';
import { ATTACK_CLASSES } from '../../src/model/layer.ts';

/** How somebody who stands outside sees that an attack got through. */
export const EVIDENCE = {
  secret: 'a secret of the grader, the course or another learner came out',
  file: 'a file outside of the run was changed or made',
  install: 'the tutor or a package was changed',
  listener: 'something of the machine was reached that is not the run’s',
  reachable: 'other machines could reach the program',
  process: 'a process was alive after the end',
  grader: 'the grader was killed, or gave no verdict',
  inspector: 'the grader’s inspector was opened',
  hang: 'the grader took far longer than the limit',
  growth: 'the grader itself grew without bound',
  memory: 'the machine lost more memory than the limit',
  disk: 'the disk lost more space or files than the limit',
  descriptors: 'one program held thousands of descriptors',
  verdict: 'a wrong submission passed',
} as const;
export type Evidence = keyof typeof EVIDENCE;

/** What cannot lie in a repository and is put into the submission before it is graded. */
const shipped = z.union([
  z.strictObject({ symlink: z.string(), to: z.string() }),
  z.strictObject({ hardlink: z.string(), to: z.string() }),
  z.strictObject({ fifo: z.string() }),
  z.strictObject({ sparse: z.string(), bytes: z.number() }),
  z.strictObject({ files: z.number() }),
  z.strictObject({ depth: z.number() }),
  z.strictObject({ rename: z.string(), to: z.string() }),
]);
export type Shipped = z.infer<typeof shipped>;

const manifest = z.strictObject({
  tries: z.string(),
  class: z.enum([...ATTACK_CLASSES, 'packs', 'reports', 'terminal']),
  escaped: z.array(z.enum(Object.keys(EVIDENCE) as [Evidence, ...Evidence[]])).default([]),
  /** A test that judges it, for what is no program of a learner. */
  test: z.string().optional(),
  grants: z.array(z.enum(['workers', 'children'])).default([]),
  /** A real exercise that it is a submission of, in place of the suite's own. */
  exercise: z.string().optional(),
  /** Why it cannot be shown that a plain `node` would let it through. */
  control: z.string().optional(),
  /** First version of Node.js that has what it uses. */
  node: z.string().optional(),
  limits: z.record(z.string(), z.union([z.string(), z.number()])).default({}),
  ships: z.array(shipped).default([]),
});

/** One hostile program: its manifest, and where its files lie. */
export type Attack = z.infer<typeof manifest> & { name: string; folder: string };

export const ROOT = path.dirname(path.dirname(path.dirname(fileURLToPath(import.meta.url))));
export const HOSTILE = path.join(ROOT, 'fixtures', 'hostile');

/** Every attack of `fixtures/hostile/`, by name. */
export function readAttacks(): Attack[] {
  return fs
    .readdirSync(HOSTILE)
    .filter((name) => fs.existsSync(path.join(HOSTILE, name, 'attack.yaml')))
    .sort()
    .map(readAttack);
}

function readAttack(name: string): Attack {
  const folder = path.join(HOSTILE, name);
  const data: unknown = parse(fs.readFileSync(path.join(folder, 'attack.yaml'), 'utf8'));
  const result = manifest.safeParse(data);
  if (!result.success) throw new Error(`${name}/attack.yaml: ${z.prettifyError(result.error)}`);
  if ((result.data.test === undefined) === (result.data.escaped.length === 0)) {
    throw new Error(
      `${name}/attack.yaml: either \`escaped\` says what is seen from outside, or \`test\` names what judges it.`,
    );
  }
  return { ...result.data, name, folder };
}
