import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import type { Result, Verdict } from '../../src/model/verdict.ts';

const ROOT = path.resolve(import.meta.dirname, '..', '..');

/** Files of a submission: their text by path, `/` between its parts. */
export type Files = Readonly<Record<string, string>>;

export interface ShortVerdict {
  status: Verdict['status'];
  /** Names of the causes shown, in the order of the checks; `none` for a failure without one. */
  causes: readonly string[];
  results: readonly Result[];
}

/** What the built command says to a submission of these files, in an empty folder elsewhere. */
export async function verdictOf(exercise: string, files: Files, args: readonly string[] = []): Promise<ShortVerdict> {
  const folder = await mkdtemp(path.join(tmpdir(), 'submission-'));
  try {
    for (const [name, content] of Object.entries(files)) {
      const file = path.join(folder, ...name.split('/'));
      await mkdir(path.dirname(file), { recursive: true });
      await writeFile(file, content);
    }
    return await verdictOfFolder(exercise, folder, args);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** What the built command says to a submission's folder. */
export async function verdictOfFolder(
  exercise: string,
  folder: string,
  args: readonly string[] = [],
): Promise<ShortVerdict> {
  const command = [path.join(ROOT, 'dist', 'bin.cjs'), 'check', exercise, '--json', '--submission', folder, ...args];
  const child = spawn(process.execPath, command, { cwd: tmpdir(), stdio: ['ignore', 'pipe', 'pipe'] });
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  try {
    const { status, results }: Verdict = JSON.parse(stdout);
    const failed = results.filter((result) => result.status === 'failed');
    return { status, results, causes: failed.map(({ failure }) => failure?.cause?.name ?? 'none') };
  } catch (cause) {
    throw new Error(`check ${exercise} answered no verdict:\n${stdout}\n${stderr}`, { cause });
  }
}
