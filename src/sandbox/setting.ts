import fs from 'node:fs';
import path from 'node:path';
import type { Layer, User } from '../model/layer.ts';
import type { RunFolders } from './folders.ts';
import { layerOf } from './layers.ts';
import { findPackages, makeLink } from './links.ts';
import { isWithin, packagePaths } from './packages.ts';
import type { SandboxOptions } from './sandbox.ts';
import { copyFixed, copySubmission, type Submission, surveySubmission } from './submission.ts';
import { everyoneMayRead, ownerIn } from './user.ts';
import { openWatchdog, type Watchdog } from './watchdog.ts';

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
  owner: User | undefined;
  watchdog: Watchdog;
}

/**
 * Looks through a submission and settles what all its runs share.
 * @throws TutorError as `openSandbox` does
 */
export function settle(options: SandboxOptions): Setting {
  const found = surveySubmission(options.submission);
  const packages = findPackages(options.packages, options.packagesFrom);
  const preload = fs.realpathSync(path.join(options.distFolder, 'preload', 'main.cjs'));
  const hide = options.hide.filter((folder) => fs.existsSync(folder)).map((folder) => fs.realpathSync(folder));
  const layer = layerOf(options.isolation.layer);
  const isolated = layer.name === 'bubblewrap';
  // Bubblewrap covers hidden folders, wherever they lie; the others can only leave them out.
  const folders = packagePaths([...packages.values()], isolated ? [] : hide);
  const needed = [fs.realpathSync(process.execPath), path.dirname(preload), ...folders, ...(options.read ?? [])];
  const owner = ownerIn(layer.name, needed);
  const { nodeModules, ...files } = found;
  const takesOwn = nodeModules !== undefined && mayUse(nodeModules, hide, owner);
  const submission = takesOwn ? found : files;
  const read = takesOwn ? [...needed, nodeModules] : needed;
  const watchdog = options.watchdog ?? openWatchdog();
  return { options, layer, submission, packages, preload, read, hide, owner, watchdog };
}

/** The learner's own packages are used, but not to look at what is hidden, and not when the program's user cannot read them. */
function mayUse(nodeModules: string, hide: readonly string[], owner: Setting['owner']): boolean {
  if (hide.some((folder) => isWithin(folder, nodeModules) || isWithin(nodeModules, folder))) return false;
  return owner === undefined || everyoneMayRead([nodeModules]);
}

/** Puts the submission and the exercise's own files into a run's work folder. */
export function copyInto({ submission, options, owner }: Setting, folders: RunFolders): void {
  copySubmission(submission, folders.work, owner);
  if (options.fixed !== undefined) copyFixed(options.fixed, folders.work, owner);
  if (submission.nodeModules !== undefined) makeLink(path.join(folders.work, 'node_modules'), submission.nodeModules);
}
