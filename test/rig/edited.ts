import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from './cli.ts';
import type { Files } from './verdict.ts';

/** Pieces of files to be replaced, by file; each piece must be there. */
export type Edits = Readonly<Record<string, readonly (readonly [string, string])[]>>;

/** The solution of an exercise with pieces of its files replaced. */
export function edited(exercise: string, edits: Edits): Files {
  const solution = path.join(ROOT, 'exercises', exercise, 'solution');
  const names = readdirSync(solution, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(solution, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, '/'));
  return Object.fromEntries(
    names.map((name) => {
      const text = readFileSync(path.join(solution, name), 'utf8');
      const replaced = (edits[name] ?? []).reduce((before, [from, to]) => {
        if (!before.includes(from)) throw new Error(`${name} does not hold ${from}`);
        return before.replaceAll(from, to);
      }, text);
      return [name, replaced];
    }),
  );
}
