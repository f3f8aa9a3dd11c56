// Builds dist/: the source is bundled with code splitting, then each chunk becomes CommonJS, which Node starts faster than ES modules.
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build, transform } from 'esbuild';
import { writeNotices } from './notices.mjs';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const dist = path.join(root, 'dist');
const { version, dependencies } = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8'));
const target = 'node20.19';
const shared = {
  bundle: true,
  platform: 'node',
  target,
  absWorkingDir: root,
  external: Object.keys(dependencies),
  define: { 'process.env.NODE_TUTOR_VERSION': JSON.stringify(version), 'import.meta.url': '__moduleUrl' },
  minifySyntax: true,
  minifyWhitespace: true,
  keepNames: false,
  logLevel: 'warning',
  metafile: true,
  write: false,
};

/** Entry points that share chunks; bin and preload stand alone, because each of their milliseconds is paid on every run. */
const split = await build({
  ...shared,
  entryPoints: { cli: 'src/cli/main.ts', worker: 'src/engine/worker/main.ts', 'build-course': 'src/course/build.ts' },
  format: 'esm',
  splitting: true,
  outdir: dist,
  chunkNames: 'chunk-[hash]',
  banner: { js: 'import { createRequire as __createRequire } from "node:module";' },
});
const alone = await build({
  ...shared,
  entryPoints: { preload: 'src/sandbox/preload/main.ts' },
  format: 'cjs',
  outExtension: { '.js': '.cjs' },
  outdir: dist,
});
/** An old Node must get as far as the sentence that says it is too old. */
const bin = await build({
  ...shared,
  entryPoints: { bin: 'src/bin.ts' },
  target: 'es2015',
  format: 'cjs',
  external: ['./cli.cjs'],
  outExtension: { '.js': '.cjs' },
  outdir: dist,
});

await mkdir(dist, { recursive: true });
await Promise.all((await readdir(dist)).map((name) => rm(path.join(dist, name), { recursive: true, force: true })));
for (const file of split.outputFiles) await writeFile(file.path.replace(/\.js$/, '.cjs'), await toCommonJs(file.text));
for (const file of [...alone.outputFiles, ...bin.outputFiles]) await writeFile(file.path, file.text);
await writeNotices(path.join(dist, 'THIRD-PARTY-NOTICES.txt'), [split.metafile, alone.metafile], root);

const { buildCourse } = (await import(pathToFileURL(path.join(dist, 'build-course.cjs')).href)).default;
await buildCourse({ courseFolder: root, outFolder: path.join(dist, 'course') });

/** One ES module chunk as CommonJS: imports of sibling chunks become requires, `import()` of them a lazy require. */
async function toCommonJs(source) {
  const { code } = await transform(
    source
      .replace('import { createRequire as __createRequire } from "node:module";', '')
      .replace(/(["'])(\.\/[\w.-]+)\.js\1/g, '$1$2.cjs$1')
      // A chunk that is one CommonJS package: its exports themselves, so that `import()` of it finds them by name.
      .replace(/export default (require_\w+\(\));\s*$/, 'module.exports = $1;'),
    { format: 'cjs', platform: 'node', target, supported: { 'dynamic-import': false }, minifyWhitespace: true },
  );
  return `const __moduleUrl=require("node:url").pathToFileURL(__filename).href;${code}`;
}
