import fs from 'node:fs';
import path from 'node:path';
import { findPackage } from './links.ts';

/** Folders to read for packages and all that they depend on: few whole `node_modules` where nothing hidden lies below, else each package. */
export function packagePaths(packages: readonly string[], hide: readonly string[]): string[] {
  const roots = new Set(packages.map(enclosingNodeModules));
  if ([...roots].every((root) => !hide.some((hidden) => isWithin(hidden, root)))) return [...roots];
  return packageClosure(packages);
}

/** Real folders of packages and of everything that they depend on, by their manifests. */
export function packageClosure(packages: readonly string[]): string[] {
  const found = new Set(packages);
  for (const folder of found) {
    for (const name of dependencies(folder)) {
      const dependency = findPackage(name, folder);
      if (dependency !== undefined) found.add(dependency);
    }
  }
  return [...found];
}

function dependencies(folder: string): string[] {
  try {
    const manifest = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8'));
    return Object.keys({
      ...manifest.dependencies,
      ...manifest.optionalDependencies,
      ...manifest.peerDependencies,
    });
  } catch {
    return [];
  }
}

/** The `node_modules` that a package lies in; the package's own folder when it lies in none (a linked one). */
function enclosingNodeModules(folder: string): string {
  const parts = folder.split(path.sep);
  const last = parts.lastIndexOf('node_modules');
  return last === -1 ? folder : parts.slice(0, last + 1).join(path.sep);
}

/** True for a folder itself and for all that lies below it. */
export function isWithin(file: string, folder: string): boolean {
  const relative = path.relative(folder, file);
  return relative === '' || (!relative.startsWith('..') && !path.isAbsolute(relative));
}
