import path from 'node:path';
import type { Result, Verdict } from '../../src/model/verdict.ts';
import { makeRig } from './cli.ts';

/** Files of a submission: their text by path, `/` between its parts. */
export type Files = Readonly<Record<string, string>>;

export interface ShortVerdict {
  status: Verdict['status'];
  /** Names of the causes shown, in the order of the checks; `none` for a failure without one. */
  causes: readonly string[];
  results: readonly Result[];
  advice: readonly string[];
}

/** What the built command says to a submission of these files, in an empty folder elsewhere. */
export async function verdictOf(exercise: string, files: Files, args: readonly string[] = []): Promise<ShortVerdict> {
  const rig = await makeRig();
  for (const [name, content] of Object.entries(files)) await rig.write(`submission/${name}`, content);
  return verdictOfFolder(exercise, path.join(rig.folder, 'submission'), args);
}

/** What the built command says to a submission's folder. */
export async function verdictOfFolder(
  exercise: string,
  folder: string,
  args: readonly string[] = [],
): Promise<ShortVerdict> {
  const rig = await makeRig();
  const { answer } = await rig.json(['check', exercise, '--submission', folder, ...args]);
  if (!answer.results) throw new Error(`no verdict: ${JSON.stringify(answer)}`);
  const { status, results, advice }: Verdict = answer;
  const failed = results.filter((result) => result.status === 'failed');
  return { status, results, advice, causes: failed.map(({ failure }) => failure?.cause?.name ?? 'none') };
}
