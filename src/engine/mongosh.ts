import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { cacheFolder } from '../model/cache-folder.ts';
import { findCachedPackage } from '../sandbox/package-cache.ts';
import { findTool } from '../sandbox/tools.ts';

/** The shell as it is installed on demand. */
export const MONGOSH = { name: 'mongosh', version: '2.12.0' } as const;

/** How the MongoDB shell is started here. */
export interface Mongosh {
  file: string;
  args: readonly string[];
}

/** The MongoDB shell of this machine, or the one in the tutor's cache; undefined where there is neither. */
export function findMongosh(): Mongosh | undefined {
  const installed = findCachedPackage(MONGOSH);
  if (installed !== undefined) return { file: process.execPath, args: [path.join(installed, 'bin', 'mongosh.js')] };
  const file = findTool('mongosh');
  return file === undefined ? undefined : { file, args: [] };
}

/**
 * A home for the shell in which it sends nothing to anybody.
 *
 * @returns the folder
 * @see https://www.mongodb.com/docs/mongodb-shell/telemetry/
 */
export async function mongoshHome(): Promise<string> {
  const home = path.join(cacheFolder(), 'mongosh-home');
  const folders = [path.join(home, '.mongodb', 'mongosh'), path.join(home, 'mongodb', 'mongosh')];
  for (const folder of folders) {
    await mkdir(folder, { recursive: true });
    await writeFile(
      path.join(folder, 'config'),
      JSON.stringify({ enableTelemetry: false, disableGreetingMessage: true }),
    );
  }
  return home;
}
