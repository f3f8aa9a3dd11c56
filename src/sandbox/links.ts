import fs from 'node:fs';
import path from 'node:path';
import { EXIT, errorCode, TutorError } from '../model/error.ts';

/**
 * Makes `folder/node_modules/<name>` links to the real package folders, so that CommonJS and ES modules both find them.
 * A link that leads elsewhere is replaced; a real folder is the learner's own and stays.
 * @throws TutorError when a package is not installed
 */
export async function linkPackages(options: {
  folder: string;
  packages: readonly string[];
  packagesFrom: string;
}): Promise<void> {
  const { folder, packages, packagesFrom } = options;
  makeLinks(folder, findPackages(packages, packagesFrom));
}

const PACKAGE_NAME = /^(@[a-z0-9~-][a-z0-9._~-]*\/)?[a-z0-9~-][a-z0-9._~-]*$/;

/** Real folders of packages by name, found as Node finds them from `packagesFrom`, without loading any. */
export function findPackages(packages: readonly string[], packagesFrom: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const name of packages) {
    if (!PACKAGE_NAME.test(name)) throw new TutorError(`"${name}" is no name of a package.`);
    const folder = findPackage(name, packagesFrom);
    if (folder === undefined) {
      throw new TutorError(`The package ${name} is not installed with node-tutor.`, {
        exitCode: EXIT.tutorFailed,
        next: 'Install node-tutor again, or the package beside it.',
      });
    }
    found.set(name, folder);
  }
  return found;
}

/** Looks for `node_modules/<name>` in a folder and all folders above it. */
export function findPackage(name: string, from: string): string | undefined {
  for (let folder = from; ; folder = path.dirname(folder)) {
    if (path.basename(folder) !== 'node_modules') {
      const real = realFolder(path.join(folder, 'node_modules', name));
      if (real !== undefined) return real;
    }
    if (folder === path.dirname(folder)) return undefined;
  }
}

/** Makes the links below `folder/node_modules`, for packages by name. */
export function makeLinks(folder: string, packages: ReadonlyMap<string, string>): void {
  for (const [name, target] of packages) {
    const link = path.join(folder, 'node_modules', name);
    fs.mkdirSync(path.dirname(link), { recursive: true });
    makeLink(link, target);
  }
}

/** One link to a folder (a junction on Windows, which needs no privilege). */
export function makeLink(link: string, target: string): void {
  try {
    fs.symlinkSync(target, link, 'junction');
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error;
    if (!fs.lstatSync(link).isSymbolicLink() || realFolder(link) === target) return;
    fs.unlinkSync(link);
    fs.symlinkSync(target, link, 'junction');
  }
}

function realFolder(folder: string): string | undefined {
  return fs.existsSync(folder) ? fs.realpathSync.native(folder) : undefined;
}
