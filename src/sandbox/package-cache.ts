import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { PackageSpec } from '../model/package-spec.ts';

/** Where packages that are installed on demand are kept: NODE_TUTOR_CACHE, else the system's place for caches. */
export function packageCache(): string {
  const { NODE_TUTOR_CACHE, XDG_CACHE_HOME, LOCALAPPDATA } = process.env;
  if (NODE_TUTOR_CACHE) return path.resolve(NODE_TUTOR_CACHE);
  if (process.platform === 'win32') return path.join(LOCALAPPDATA ?? os.tmpdir(), 'node-tutor', 'cache');
  if (process.platform === 'darwin') return path.join(os.homedir(), 'Library', 'Caches', 'node-tutor');
  return path.join(XDG_CACHE_HOME || path.join(os.homedir(), '.cache'), 'node-tutor');
}

/** The folder that one version of a package is installed in, with all that it depends on. */
export function cachedInstall({ name, version }: PackageSpec): string {
  return path.join(packageCache(), 'packages', `${name.replace('/', '+')}@${version}`);
}

/** Real folder of a package that was installed on demand; undefined when it was not. */
export function findCachedPackage(spec: PackageSpec): string | undefined {
  try {
    return fs.realpathSync(path.join(cachedInstall(spec), 'node_modules', spec.name));
  } catch {
    return undefined;
  }
}
