import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { errorCode } from '../model/error.ts';
import { readPackageSpec } from '../model/package-spec.ts';
import { findPackage, linkPackages } from '../sandbox/links.ts';
import { findCachedPackage } from '../sandbox/package-cache.ts';
import type { Workspace } from './workspace.ts';

/** The types of Node.js, from which an editor knows what `fs.` can be followed by. */
const TYPES = '@types/node';

/** Where there are no types to link, an editor can fetch them itself. */
const JSCONFIG = {
  compilerOptions: { target: 'es2023', module: 'nodenext' },
  typeAcquisition: { enable: true, include: ['node'] },
  exclude: ['node_modules', '.node-tutor'],
};

/**
 * Links packages into a workspace, so that the learner's own `node app.js` and their editor find them.
 * @throws {TutorError} when a package is not installed
 */
export async function linkInto(
  { folder }: Workspace,
  { packages, packageRoot }: { packages: readonly string[]; packageRoot: string },
): Promise<void> {
  const present = packages.filter((name) => isThere(name));
  const hasTypes = findPackage(TYPES, packageRoot) !== undefined;
  await linkPackages({ folder, packages: hasTypes ? [...present, TYPES] : present, packagesFrom: packageRoot });
  if (!hasTypes) writeNew(path.join(folder, 'jsconfig.json'), `${JSON.stringify(JSCONFIG, undefined, 2)}\n`);
}

/** A package that is installed on demand may not be there yet. */
function isThere(name: string): boolean {
  const spec = readPackageSpec(name);
  return spec.version === undefined || findCachedPackage(spec) !== undefined;
}

function writeNew(file: string, text: string): void {
  try {
    writeFileSync(file, text, { flag: 'wx' });
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error;
  }
}
