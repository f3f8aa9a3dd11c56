import fs from 'node:fs';
import path from 'node:path';
import { cacheFolder } from '../model/cache-folder.ts';
import type { PackageSpec } from '../model/package-spec.ts';

/** The folder that one version of a package is installed in, with all that it depends on. */
export function cachedInstall({ name, version }: PackageSpec): string {
  return path.join(cacheFolder(), 'packages', `${name.replace('/', '+')}@${version}`);
}

/** Real folder of a package that was installed on demand; undefined when it was not. */
export function findCachedPackage(spec: PackageSpec): string | undefined {
  try {
    return fs.realpathSync(path.join(cachedInstall(spec), 'node_modules', spec.name));
  } catch {
    return undefined;
  }
}
