import { realpathSync } from 'node:fs';
import path from 'node:path';
import type { Exercise } from '../model/course.ts';
import type { PackageSpec } from '../model/package-spec.ts';
import { findCachedPackage } from '../sandbox/package-cache.ts';
import { findTool } from '../sandbox/tools.ts';

/** The shell as it is installed on demand. */
export const MONGOSH = { name: 'mongosh', version: '2.12.0' } as const;

/** How the MongoDB shell is started here. */
export interface Mongosh {
  file: string;
  args: readonly string[];
  /** What a run must be able to read to start it. */
  folder: string;
}

/** The MongoDB shell of this machine, or the one in the tutor's cache; undefined where there is neither. */
export function findMongosh(): Mongosh | undefined {
  const installed = findCachedPackage(MONGOSH);
  if (installed !== undefined) return asScript(path.join(installed, 'bin', 'mongosh.js'), path.dirname(installed));
  const file = findTool('mongosh');
  if (file === undefined) return undefined;
  const real = realpathSync(file);
  // One that npm installed for the whole machine has its packages within its own folder.
  return real.endsWith('.js')
    ? asScript(real, path.dirname(path.dirname(real)))
    : { file, args: [], folder: path.dirname(real) };
}

function asScript(script: string, folder: string): Mongosh {
  return { file: process.execPath, args: [script], folder };
}

/** What has to be installed for exercises that use the shell, where the machine has none. */
export function missingShell(exercises: readonly Exercise[]): PackageSpec[] {
  return exercises.some(usesShell) && findMongosh() === undefined ? [MONGOSH] : [];
}

function usesShell({ checks }: Exercise): boolean {
  return checks.some(({ parts }) =>
    parts.some((part) => part.kind === 'npm' && part.spec.commands.some(({ tool }) => tool === 'mongosh')),
  );
}
