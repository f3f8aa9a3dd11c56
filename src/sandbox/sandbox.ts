import fs from 'node:fs';
import path from 'node:path';
import type { WorkContents } from '../model/files.ts';
import type { Access, Command, Layer } from '../model/layer.ts';
import { type Go, isInteractive, type LaunchSpec, type Sandbox } from '../model/run.ts';
import type { Isolation } from '../model/verdict.ts';
import { putContents, saveContents } from './contents.ts';
import { learnerEnvironment } from './environment.ts';
import { makeRunFolders, type RunFolders, removeFolder, removeStaleFolders } from './folders.ts';
import { layerOf } from './layers.ts';
import { heapFlags } from './limits.ts';
import { findPackages, makeLink, makeLinks } from './links.ts';
import { isWithin, packagePaths } from './packages.ts';
import { followChild, type Launched } from './program.ts';
import { startChild } from './spawn.ts';
import { copyFixed, copySubmission, type FixedFiles, type Submission, surveySubmission } from './submission.ts';
import type { Tree } from './tree.ts';
import { everyoneMayRead, isRoot, NOBODY, programOwner } from './user.ts';

export interface SandboxOptions {
  /** Folder of the learner's files. */
  submission: string;
  /** Packages that the exercise declares. */
  packages: readonly string[];
  isolation: Isolation;
  /** True when this process shares a private network with the runs already. */
  networkIsPrivate: boolean;
  /** Folder that holds `preload.cjs`. */
  distFolder: string;
  /** Folder from which the packages resolve. */
  packagesFrom: string;
  /** The exercise's own files, which stand in place of the learner's of the same name. */
  fixed?: FixedFiles;
  /** Folders that no run may see. */
  hide: readonly string[];
  /** Further folders that runs may read. */
  read?: readonly string[];
  /** A folder of another run, to be read only. */
  view?: string;
}

/** What all runs of one sandbox share. */
export interface Setting {
  options: SandboxOptions;
  layer: Layer;
  submission: Submission;
  packages: ReadonlyMap<string, string>;
  preload: string;
  /** Real paths that a run may read. */
  read: readonly string[];
  /** Real folders that no run may see. */
  hide: readonly string[];
  owner: { uid: number; gid: number } | undefined;
}

/**
 * Looks through a submission and makes ready to run it.
 * @throws TutorError exit code 1 when the submission cannot be graded, 2 when there is none, 3 when a package is missing
 */
export async function openSandbox(options: SandboxOptions): Promise<Sandbox> {
  const setting = settle(options);
  const open = new Set<{ root: string; launched: Launched }>();
  return {
    async prepare(spec) {
      const folders = makeRunFolders(setting.owner);
      try {
        copyInto(setting, folders);
        const launched = await launch(setting, spec, folders);
        const run = { root: folders.root, launched };
        open.add(run);
        const begin = (go: Go) => {
          if (go.contents !== undefined) putContents(go.contents, folders.work, setting.owner);
          return launched.go(go);
        };
        const discard = async () => {
          open.delete(run);
          await endAndRemove(run);
        };
        const put = (contents: WorkContents) => saveContents(contents, folders.work, setting.owner);
        return { work: folders.work, go: begin, put, discard };
      } catch (error) {
        removeFolder(folders.root);
        throw error;
      }
    },
    async close() {
      const runs = [...open];
      open.clear();
      await Promise.all(runs.map(endAndRemove));
      removeStaleFolders().catch(() => {});
    },
  };
}

/**
 * Looks through a submission and settles what all its runs share.
 * @throws TutorError as `openSandbox` does
 */
export function settle(options: SandboxOptions): Setting {
  const found = surveySubmission(options.submission);
  const packages = findPackages(options.packages, options.packagesFrom);
  const preload = fs.realpathSync(path.join(options.distFolder, 'preload.cjs'));
  const hide = options.hide.filter((folder) => fs.existsSync(folder)).map((folder) => fs.realpathSync(folder));
  const layer = layerOf(options.isolation.layer);
  const isolated = layer.name === 'bubblewrap';
  // Bubblewrap covers hidden folders, wherever they lie; the others can only leave them out.
  const folders = packagePaths([...packages.values()], isolated ? [] : hide);
  const needed = [fs.realpathSync(process.execPath), preload, ...folders, ...(options.read ?? [])];
  const owner = isolated ? (isRoot() ? NOBODY : undefined) : programOwner(needed);
  const { nodeModules, ...files } = found;
  const takesOwn = nodeModules !== undefined && mayUse(nodeModules, hide, owner);
  const submission = takesOwn ? found : files;
  const read = takesOwn ? [...needed, nodeModules] : needed;
  return { options, layer, submission, packages, preload, read, hide, owner };
}

/** The learner's own packages are used, but not to look at what is hidden, and not when the program's user cannot read them. */
function mayUse(nodeModules: string, hide: readonly string[], owner: Setting['owner']): boolean {
  if (hide.some((folder) => isWithin(folder, nodeModules) || isWithin(nodeModules, folder))) return false;
  return owner === undefined || everyoneMayRead([nodeModules]);
}

/** Starts the child; it waits in its preload. Node.js reads the entry's package.json before that, so the files are there already. */
async function launch(setting: Setting, spec: LaunchSpec, folders: RunFolders): Promise<Launched> {
  const { command, tree } = wrapLaunch(setting, spec, folders);
  const child = await startChild(command, folders.root);
  return followChild(child, { pid: child.pid, ...tree }, spec.limits);
}

/** The command of a run within its layer, and how its processes are found. */
export function wrapLaunch(
  setting: Setting,
  spec: LaunchSpec,
  folders: RunFolders,
): { command: Command; tree: Omit<Tree, 'pid'> } {
  const { options, layer, packages, preload, read, hide } = setting;
  const token = path.basename(folders.root);
  makeLinks(folders.root, packages);
  const access: Access = {
    work: folders.work,
    temp: folders.temp,
    read,
    hide,
    grants: spec.grants,
    limits: spec.limits,
    networkIsPrivate: options.networkIsPrivate,
    ...(options.view === undefined ? {} : { view: options.view }),
  };
  // With a file, node runs that and opens no prompt.
  const entry = isInteractive(spec.nodeArgs) ? [] : [path.join(folders.work, ...spec.entry.split('/'))];
  const command = layer.wrap(
    {
      file: fs.realpathSync(process.execPath),
      args: ['--require', preload, ...heapFlags(spec.limits), ...spec.nodeArgs, ...entry],
      cwd: folders.work,
      env: learnerEnvironment({ temp: folders.temp, token, extra: spec.env }),
      inherit: [],
    },
    access,
  );
  return { command, tree: { token, contained: layer.contains(access) } };
}

/** Puts the submission and the exercise's own files into a run's work folder. */
export function copyInto({ submission, options, owner }: Setting, folders: RunFolders): void {
  copySubmission(submission, folders.work, owner);
  if (options.fixed !== undefined) copyFixed(options.fixed, folders.work, owner);
  if (submission.nodeModules !== undefined) makeLink(path.join(folders.work, 'node_modules'), submission.nodeModules);
}

async function endAndRemove(run: { root: string; launched: Launched }): Promise<void> {
  await run.launched.end();
  removeFolder(run.root);
}
