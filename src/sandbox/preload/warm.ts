import path from 'node:path';
import v8 from 'node:v8';
import vm from 'node:vm';
import type { Wait } from '../wire.ts';
import { fs, Module } from './builtins.ts';

const { defineProperty, ownKeys } = Reflect;

/** Modules that packages load only when they first need them: the end of the file that asks, and how it asks. */
const ASKED_FOR_LATER = [{ file: path.join('iconv-lite', 'lib', 'index.js'), request: '../encodings' }];
/** What Node.js itself loads when a program first listens, or first looks at `crypto`. */
const BUILT_IN = ['node:cluster', 'node:perf_hooks'];

/**
 * Goes into the work folder, whose files are not there yet, and loads the packages that the program is going to ask for.
 * They are found from the folder above it, so that Node.js looks at nothing of the learner's before it must.
 * @returns false when they left behind what a program could notice that asks for them later
 */
export function warmUp({ work, packages, folder }: NonNullable<Wait['warm']>): boolean {
  process.chdir(work);
  if (process.env.PWD !== undefined) process.env.PWD = work;
  const require = Module.createRequire(path.join(path.dirname(work), 'package.json'));
  const traces = tracesLeft();
  const shelf = openShelf(require.cache);
  const leave = folder === undefined ? () => {} : enter(folder);
  // Whole files are compiled, not each function when it is first called: that is two fifths of what its first answers take.
  v8.setFlagsFromString('--no-lazy');
  try {
    for (const name of packages) shelf.add(() => require(name));
    for (const module of Object.values(require.cache)) loadInner(module, shelf.add);
    if (packages.length > 0) for (const name of BUILT_IN) require(name);
  } catch {
    return false;
  } finally {
    v8.setFlagsFromString('--lazy');
  }
  leave();
  if (packages.length > 0) collectGarbage();
  shelf.hide();
  return tracesLeft() === traces;
}

/** Goes into a folder below this one, which comes with the files. Answers how to be back as if it had never been there. */
function enter(folder: string): () => void {
  const outside = process.cwd();
  fs.mkdirSync(folder, { recursive: true });
  process.chdir(folder);
  return () => {
    process.chdir(outside);
    fs.rmSync(folder.split('/')[0] ?? folder, { recursive: true });
  };
}

/** Collects what loading has left: else that falls into the run. */
function collectGarbage(): void {
  v8.setFlagsFromString('--expose-gc');
  const collect: unknown = vm.runInNewContext('gc');
  v8.setFlagsFromString('--no-expose-gc');
  if (typeof collect === 'function') collect();
}

/** Loads what a module is going to ask for, and leaves it without the child that it does not have yet. */
function loadInner(module: NodeJS.Module | undefined, add: (load: () => void) => void): void {
  for (const { file, request } of ASKED_FOR_LATER) {
    if (module === undefined || !module.filename.endsWith(path.sep + file)) continue;
    const before = [...module.children];
    add(() => module.require(request));
    module.children.splice(0, module.children.length, ...before);
  }
}

/** What a package that is more than code leaves behind: handles and timers, listeners, output. */
function tracesLeft(): string {
  const listeners = process.eventNames().map((name) => [String(name), process.listenerCount(name)]);
  const { stdout, stderr } = process;
  const written = [stdout, stderr].map((stream) => ('bytesWritten' in stream ? stream.bytesWritten : 0));
  return JSON.stringify([process.getActiveResourcesInfo(), listeners, written]);
}

/** Hides loaded modules in `require.cache` until Node.js looks for one of them: then all that it has loaded is there, in the order of loading. */
function openShelf(cache: NodeJS.Dict<NodeJS.Module>): { add(load: () => void): void; hide(): void } {
  const shelf = new Map<string, NodeJS.Module>();
  /** What came with each package; not all of it is a child of what the package has asked for. */
  const loads: string[][] = [];
  const put = (file: string, module: unknown): void => {
    shelf.delete(file);
    delete cache[file];
    defineProperty(cache, file, { value: module, configurable: true, enumerable: true, writable: true });
  };
  const bring = (module: NodeJS.Module): void => {
    if (!shelf.has(module.filename)) return;
    put(module.filename, module);
    for (const child of module.children) bring(child);
  };
  const bringAll = (file: string, module: NodeJS.Module): void => {
    const whole = loads.find(([first]) => first === file) ?? [];
    for (const each of whole) {
      const one = shelf.get(each);
      if (one !== undefined) put(each, one);
    }
    bring(module);
  };
  return {
    add(load) {
      const before = new Set(ownKeys(cache));
      load();
      const loaded = Object.entries(cache).filter(([file]) => !before.has(file));
      for (const [file, module] of loaded) if (module !== undefined) shelf.set(file, module);
      loads.push(loaded.map(([file]) => file));
    },
    hide() {
      for (const [file, module] of shelf) {
        delete cache[file];
        defineProperty(cache, file, {
          get() {
            bringAll(file, module);
            return module;
          },
          set: (value: unknown) => put(file, value),
          configurable: true,
          enumerable: false,
        });
      }
    },
  };
}
