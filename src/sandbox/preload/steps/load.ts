import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

/** What an import gave. */
export interface Loaded {
  value: unknown;
  kind: 'commonjs' | 'esm';
}

/** Endings that stand for another when the file itself is not there. */
const SIBLINGS: Readonly<Record<string, readonly string[]>> = {
  '.js': ['.mjs', '.cjs', '.ts', '.mts', '.cts'],
  '.mjs': ['.js', '.mts'],
  '.cjs': ['.js', '.cts'],
  '': ['.mjs', '.cjs', '.ts', '.mts', '.cts', '/index.mjs', '/index.cjs', '/index.ts'],
};

/** Imports a file or folder of the work folder, whichever kind of module it is. */
export async function load(file: string, { work, exact }: { work: string; exact: boolean }): Promise<Loaded> {
  const require = createRequire(path.join(work, 'node-tutor.js'));
  const target = path.join(work, ...file.split('/'));
  const resolved = exact ? target : resolve(file, target, require);
  if (path.extname(resolved) === '.json') return { value: require(resolved), kind: 'commonjs' };
  const namespace: unknown = await import(pathToFileURL(resolved).href);
  const cached = require.cache[resolved];
  return cached === undefined ? { value: namespace, kind: 'esm' } : { value: cached.exports, kind: 'commonjs' };
}

function resolve(file: string, target: string, require: NodeJS.Require): string {
  try {
    return require.resolve(file === '.' ? '.' : `./${file}`);
  } catch (error) {
    const extension = path.extname(target);
    const base = target.slice(0, target.length - extension.length);
    const sibling = (SIBLINGS[extension] ?? []).map((other) => base + other).find((other) => fs.existsSync(other));
    if (sibling === undefined) throw error;
    return path.normalize(sibling);
  }
}
