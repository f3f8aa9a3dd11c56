import { readdirSync, readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { type Answer, makeRig, type Rig, TINY_COURSE } from '../rig/cli.ts';
import type { TerminalRig } from '../rig/terminal.ts';

/** Answers to the tiny course's exercises. */
export const HELLO = "console.log('hello');\n";
export const SUM = 'console.log(process.argv.slice(2).reduce((sum, arg) => sum + Number(arg), 0));\n';
export const TEXT_SUM = `let total = 0;
for (let i = 2; i < process.argv.length; i++) {
  total = total + process.argv[i];
}
console.log(total);
`;

/** A rig with a workspace `node-tutor` of the tiny course, both exercises opened. */
export async function startedRig(): Promise<Rig> {
  const rig = await makeRig();
  for (const id of ['say-hello', 'add-up']) await rig.run(['start', id, '--course', TINY_COURSE]);
  return rig;
}

/** The entry of an exercise in the answer of `list --json`. */
export function exerciseIn(list: Answer, id: string): Answer {
  const lessons = list.tracks.flatMap((track: Answer) => track.lessons);
  return lessons.flatMap((lesson: Answer) => lesson.exercises).find((exercise: Answer) => exercise.id === id);
}

/** Ids of processes whose command line or title holds the mark. */
export function processesWith(mark: string): string[] {
  return readdirSync('/proc').filter((id) => {
    if (!/^\d+$/.test(id) || id === String(process.pid)) return false;
    try {
      return readFileSync(`/proc/${id}/cmdline`, 'utf8').includes(mark);
    } catch {
      return false;
    }
  });
}

/** Resolves when the condition holds; what it waits for must come, or the test runs into its time limit. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve));
}

/** The shell is back with this exit code, the cursor shows and what is typed appears. */
export async function expectWholeTerminal(terminal: TerminalRig, exitCode: number): Promise<void> {
  await terminal.atPrompt();
  expect(await terminal.state('#{cursor_flag} #{alternate_on} #{wrap_flag}')).toBe('1 0 1');
  await terminal.press('code=$?; clear; echo "code=$code"; stty -a | grep -oE -- "-?(icanon|echo)\\b"', 'Enter');
  expect(await terminal.shows('echo\n')).toMatch(new RegExp(`code=${exitCode}\\nicanon\\necho\\n`));
}

/** The one process that a process has started. */
export function childOf(parent: string): number {
  const found = readdirSync('/proc').find((id) => /^\d+$/.test(id) && statusOf(id)?.parent === parent);
  if (found === undefined) throw new Error(`${parent} has no child`);
  return Number(found);
}

export function isAlive(id: number): boolean {
  const status = statusOf(String(id));
  return status !== undefined && status.state !== 'Z';
}

function statusOf(id: string): { state: string; parent: string } | undefined {
  try {
    const [state = '', parent = ''] = readFileSync(`/proc/${id}/stat`, 'latin1')
      .replace(/^.*\) /s, '')
      .split(' ');
    return { state, parent };
  } catch {
    return undefined;
  }
}
