import path from 'node:path';
import { build, type Metafile } from 'esbuild';
import { expect, test } from 'vitest';
import { projectRoot } from './support.ts';

const ENTRIES = ['open', 'exercise', 'lesson', 'givens', 'templates'];

/** Files that are loaded with an output, following static imports only. */
function loadedWith(outputs: Metafile['outputs'], name: string): string[] {
  const seen = new Set<string>();
  const visit = (output: string) => {
    if (seen.has(output)) return;
    seen.add(output);
    for (const { path: next, kind } of outputs[output]?.imports ?? [])
      if (kind !== 'dynamic-import' && next in outputs) visit(next);
  };
  visit(name);
  return [...seen].flatMap((output) => Object.keys(outputs[output]?.inputs ?? {}));
}

test.each(ENTRIES)('%s.ts loads no package until it is needed', async (name) => {
  const { metafile } = await build({
    entryPoints: ENTRIES.map((entry) => path.join(projectRoot, 'src', 'course', `${entry}.ts`)),
    absWorkingDir: projectRoot,
    bundle: true,
    splitting: true,
    platform: 'node',
    format: 'esm',
    outdir: 'out',
    write: false,
    metafile: true,
  });
  const loaded = loadedWith(metafile.outputs, `out/${name}.js`);
  expect(loaded).toContain(`src/course/${name}.ts`);
  expect(loaded.filter((file) => file.startsWith('node_modules/'))).toEqual([]);
});
