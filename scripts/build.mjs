// Builds dist/: each program of ours is a file, with parts in dist/parts that are read when they are first needed, and each
// npm package that they bundle is one file in dist/vendor. What is never read need not be parsed, which costs Node.js more
// than to open some files; and CommonJS starts faster than ES modules.
import { readdirSync, readFileSync } from 'node:fs';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build, transform } from 'esbuild';
import { compiledAtOnce } from './eager.mjs';
import { writeNotices } from './notices.mjs';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const dist = path.join(root, 'dist');
const { version, dependencies, devDependencies } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));

/** As an ES module is. */
const STRICT = '"use strict";';

const shared = {
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20.19',
  absWorkingDir: root,
  supported: { 'dynamic-import': false },
  define: { 'process.env.NODE_TUTOR_VERSION': JSON.stringify(version) },
  logLevel: 'warning',
  metafile: true,
};

/** Packages that learners' code imports stay packages; the others that the source imports become files of dist/vendor. */
const vendored = new Set();
const vendor = {
  name: 'vendor',
  setup({ onResolve }) {
    onResolve({ filter: /^[a-z@]/ }, ({ path: name, importer }) => {
      if (!(name in devDependencies) || importer.includes('node_modules')) return undefined;
      vendored.add(name);
      return { path: `./vendor/${fileName(name)}`, external: true };
    });
  },
};

/** Commander asks for child_process to start commands that are programs of their own; ours are not. */
const withoutChildProcess = {
  name: 'without-child-process',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^node:child_process$/ }, ({ path: name, importer }) =>
      importer.includes('commander') ? { path: name, namespace: 'none' } : undefined,
    );
    onLoad({ filter: /.*/, namespace: 'none' }, () => ({ contents: 'module.exports = {};' }));
  },
};

const programs = await build({
  ...shared,
  entryPoints: {
    cli: 'src/cli/main.ts',
    worker: 'src/engine/worker/main.ts',
    database: 'src/database/embedded/main.ts',
    'build-course': 'src/course/build.ts',
  },
  // Only ES modules can be split; they become CommonJS below.
  format: 'esm',
  splitting: true,
  chunkNames: 'parts/[name]-[hash]',
  supported: {},
  define: { ...shared.define, 'import.meta.url': '__moduleUrl' },
  plugins: [vendor],
  outExtension: { '.js': '.cjs' },
  outdir: path.join(dist, 'new'),
});
/** What runs beside the learner's code. The preload imports their modules, so its `import()` stays one. */
const preload = await build({
  ...shared,
  entryPoints: {
    'preload/main': 'src/sandbox/preload/main.ts',
    'preload/steps': 'src/sandbox/preload/steps/run.ts',
    'preload/warm': 'src/sandbox/preload/warm.ts',
    commands: 'src/engine/tools/driver.ts',
    nginx: 'src/engine/nginx/driver.ts',
  },
  supported: {},
  outExtension: { '.js': '.cjs' },
  outdir: path.join(dist, 'new'),
});
/** An old Node must get as far as the sentence that says it is too old. */
const bin = await build({
  ...shared,
  entryPoints: { bin: 'src/bin.ts' },
  target: 'es2015',
  supported: { 'node-colon-prefix-require': false },
  external: ['./cli.cjs'],
  outExtension: { '.js': '.cjs' },
  outdir: path.join(dist, 'new'),
});
const packages = await build({
  ...shared,
  entryPoints: [...vendored].map((name) => ({ in: name, out: fileName(name).replace(/\.cjs$/, '') })),
  mainFields: ['module', 'main'],
  plugins: [withoutChildProcess],
  minify: true,
  external: Object.keys(dependencies),
  outExtension: { '.js': '.cjs' },
  outdir: path.join(dist, 'new', 'vendor'),
});

const made = path.join(dist, 'new');
await writeNotices(
  path.join(made, 'THIRD-PARTY-NOTICES.txt'),
  [programs, preload, bin, packages].map((each) => each.metafile),
  root,
);
await Promise.all(filesOf(programs).map(toCommonJs));
await Promise.all([programs, preload, bin].flatMap(filesOf).map(polish));
const { buildCourse } = (await import(pathToFileURL(path.join(made, 'build-course.cjs')).href)).default;
await buildCourse({ courseFolder: root, outFolder: path.join(made, 'course') });
await rm(path.join(made, 'build-course.cjs'));
for (const name of readdirSync(dist).filter((entry) => entry !== 'new'))
  await rm(path.join(dist, name), { recursive: true });
for (const name of readdirSync(made)) await rename(path.join(made, name), path.join(dist, name));
await rm(made, { recursive: true });

function fileName(name) {
  return `${name.replace('@', '').replace('/', '-')}.cjs`;
}

/** Absolute. */
function filesOf({ metafile }) {
  return Object.keys(metafile.outputs).map((file) => path.join(root, file));
}

/** Makes CommonJS of an ES module, for which dist/ is where it lies, or the folder above. */
async function toCommonJs(file) {
  const isPart = path.basename(path.dirname(file)) === 'parts';
  const source = (await readFile(file, 'utf8')).replaceAll('"./vendor/', isPart ? '"../vendor/' : '"./vendor/');
  const { format, platform, target } = shared;
  const { code } = await transform(source, {
    ...{ format, platform, target, supported: { 'dynamic-import': false }, sourcefile: 'part.mjs' },
    banner: source.includes('__moduleUrl')
      ? `${STRICT}const __moduleUrl=require("node:url").pathToFileURL(${isPart ? '__dirname' : '__filename'}).href;`
      : STRICT,
  });
  await writeFile(file, code);
}

/** Minifies a program. Modules of Node.js are given a `default` without a copy of all that they export. */
async function polish(file) {
  const source = await readFile(file, 'utf8');
  const taken = source.replaceAll(/__toESM\(require\("([^"]+)"\)(?:, 1)?\)/g, (all, name) =>
    isBuiltin(name) ? `Object.create(require("${name}"), { default: { value: require("${name}") } })` : all,
  );
  const target = path.basename(file) === 'bin.cjs' ? 'es2015' : shared.target;
  const { code } = await transform(taken, { format: 'cjs', platform: 'node', minify: true, target });
  await writeFile(file, file.endsWith(path.join('preload', 'main.cjs')) ? compiledAtOnce(code) : code);
}
