import fs from 'node:fs';
import path from 'node:path';
import { EXIT, errorCode, TutorError } from '../model/error.ts';
import { readPackageSpec } from '../model/package-spec.ts';
import { findCachedPackage } from './package-cache.ts';

/** Where packages are linked, and from where they are found. */
export interface LinkOptions {
  folder: string;
  packagesFrom: string;
}

/**
 * Makes `folder/node_modules/<name>` links to the real package folders, so that CommonJS and ES modules both find them.
 * A link that leads nowhere anymore is replaced; whatever else stands there is the learner's own and stays.
 * @throws TutorError when a package is not installed
 */
export async function linkPackages({
  folder,
  packages,
  packagesFrom,
}: LinkOptions & { packages: readonly string[] }): Promise<void> {
  const found = findPackages(packages, packagesFrom);
  if (isLink(path.join(folder, 'node_modules'))) return;
  for (const [name, target] of found) linkAnew(path.join(folder, 'node_modules', name), target);
}

/** Mends the links of a folder that lead nowhere anymore, as when the cache that npx keeps the tutor in was emptied. */
export function mendLinks({ folder, packagesFrom }: LinkOptions): void {
  const modules = path.join(folder, 'node_modules');
  if (isLink(modules) || !fs.existsSync(modules)) return;
  for (const name of linkedNames(modules)) {
    const target = findPackage(name, packagesFrom);
    if (target !== undefined) linkAnew(path.join(modules, name), target);
  }
}

/** Names of the packages that are linked in a folder, but are not there anymore. */
export function deadLinks(folder: string): string[] {
  const modules = path.join(folder, 'node_modules');
  if (isLink(modules) || !fs.existsSync(modules)) return [];
  return linkedNames(modules).filter((name) => !fs.existsSync(path.join(modules, name)));
}

/** Names of what is linked in a `node_modules`, `@scope/name` too. */
function linkedNames(modules: string): string[] {
  const names = fs.readdirSync(modules);
  const scopes = names.filter((name) => name.startsWith('@') && !isLink(path.join(modules, name)));
  const scoped = scopes.flatMap((scope) => fs.readdirSync(path.join(modules, scope)).map((name) => `${scope}/${name}`));
  return [...names, ...scoped].filter((name) => isLink(path.join(modules, name)));
}

function linkAnew(link: string, target: string): void {
  if (isLink(link) && !fs.existsSync(link)) fs.unlinkSync(link);
  if (fs.existsSync(link)) return;
  fs.mkdirSync(path.dirname(link), { recursive: true });
  fs.symlinkSync(target, link, 'junction');
}

function isLink(file: string): boolean {
  return fs.lstatSync(file, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
}

const PACKAGE_NAME = /^(@[a-z0-9~-][a-z0-9._~-]*\/)?[a-z0-9~-][a-z0-9._~-]*$/;

/** Real folders of packages by name, found as Node finds them from `packagesFrom`, or in the cache for those with a version; none is loaded. */
export function findPackages(packages: readonly string[], packagesFrom: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const text of packages) {
    const spec = readPackageSpec(text);
    const { name, version } = spec;
    if (!PACKAGE_NAME.test(name)) throw new TutorError(`"${name}" is no name of a package.`);
    const folder = version === undefined ? findPackage(name, packagesFrom) : findCachedPackage(spec);
    if (folder === undefined && version !== undefined) {
      throw new TutorError(`The package ${name} ${version} is not installed yet.`, {
        next: 'Run the command again with --yes, which installs it.',
      });
    }
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
    linkCommands(path.join(folder, 'node_modules', '.bin'), target);
  }
}

/** Makes a package's commands known to the scripts of a package.json, as an install does. */
function linkCommands(folder: string, packageFolder: string): void {
  const { name, bin }: { name: string; bin?: string | Record<string, string> } = JSON.parse(
    fs.readFileSync(path.join(packageFolder, 'package.json'), 'utf8'),
  );
  const commands = typeof bin === 'string' ? { [name.split('/').at(-1) ?? name]: bin } : (bin ?? {});
  for (const [command, file] of Object.entries(commands)) {
    fs.mkdirSync(folder, { recursive: true });
    const script = path.join(packageFolder, file);
    if (process.platform === 'win32') fs.writeFileSync(path.join(folder, `${command}.cmd`), `@node "${script}" %*\r\n`);
    else fs.symlinkSync(script, path.join(folder, command));
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
