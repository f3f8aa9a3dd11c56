import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { MONGOSH } from '../../src/engine/mongosh.ts';
import { installPackage, missingPackages } from '../../src/engine/packages.ts';
import { ROOT, TEST_CACHE } from './cli.ts';

/** Packages of a fixed version, by the exercise that uses them. */
const used = new Map(
  readdirSync(path.join(ROOT, 'exercises'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => {
      const manifest = readFileSync(path.join(ROOT, 'exercises', name, 'exercise.yaml'), 'utf8');
      const packages = /^packages: \[(.*)\]$/m.exec(manifest)?.[1]?.split(/,\s*/) ?? [];
      const tools = /\bmongosh: /.test(manifest) ? [`${MONGOSH.name}@${MONGOSH.version}`] : [];
      return [name, [...packages.filter((text) => text.includes('@', 1)), ...tools]] as const;
    })
    .filter(([, packages]) => packages.length > 0),
);

/** Ids of the exercises that need packages from npm. */
export const onDemand: readonly string[] = [...used.keys()];

/** Installs them, where they are not there; what npm says when it cannot. */
export async function installOnDemand(): Promise<string | undefined> {
  process.env.NODE_TUTOR_CACHE = TEST_CACHE;
  try {
    for (const spec of missingPackages([...used.values()].flat())) {
      await installPackage(spec, AbortSignal.timeout(120_000));
    }
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
