import fs from 'node:fs';
import path from 'node:path';
import type { Access, Command } from '../model/layer.ts';
import { isInteractive, type LaunchSpec } from '../model/run.ts';
import { learnerEnvironment } from './environment.ts';
import { makeRunFolders, type RunFolders, removeFolder } from './folders.ts';
import { heapFlags } from './limits.ts';
import { makeLinks } from './links.ts';
import { followChild, type Launched } from './program.ts';
import { copyInto, type Setting } from './setting.ts';
import { startChild } from './spawn.ts';
import type { Tree } from './tree.ts';
import type { Watchdog } from './watchdog.ts';
import type { Wait } from './wire.ts';

/** A child that is up, or about to be, and blocks in its preload, in folders of its own. */
export interface StartedRun {
  folders: RunFolders;
  launched: Launched;
  watchdog: Watchdog;
}

/** Starts a child on a copy of the submission. Node.js reads the package.json there before any code runs. */
export async function startOnCopy(setting: Setting, spec: LaunchSpec): Promise<StartedRun> {
  return startIn(setting, spec, (folders) => {
    copyInto(setting, folders);
    return {};
  });
}

/** Starts a child whose work folder is still empty, and which loads packages before it blocks. */
export async function startWarm(setting: Setting, spec: LaunchSpec, packages: readonly string[]): Promise<StartedRun> {
  return startIn(setting, spec, ({ work }) => ({
    warm: { work, packages, ...(spec.warmIn !== undefined && { folder: spec.warmIn }) },
  }));
}

async function startIn(setting: Setting, spec: LaunchSpec, fill: (folders: RunFolders) => Wait): Promise<StartedRun> {
  const { watchdog } = setting;
  const folders = makeRunFolders(setting.owner, watchdog.guard);
  try {
    const { command, tree } = wrapLaunch(setting, { spec, folders, wait: fill(folders) });
    const child = await startChild(command, folders.root);
    watchdog.follow(folders.root, child.pid);
    return { folders, watchdog, launched: followChild(child, { pid: child.pid, ...tree }, spec.limits) };
  } catch (error) {
    removeFolder(folders.root);
    watchdog.dismiss(folders.root);
    throw error;
  }
}

/** Ends what is left of a run and removes its folders. */
export async function endAndRemove(run: StartedRun): Promise<void> {
  await run.launched.end();
  remove(run);
}

/** Removes the folders of a run that has ended. */
export function remove({ folders, watchdog }: StartedRun): void {
  removeFolder(folders.root);
  watchdog.dismiss(folders.root);
}

/** The command of a run within its layer, and how its processes are found. */
export function wrapLaunch(
  setting: Setting,
  { spec, folders, wait }: { spec: LaunchSpec; folders: RunFolders; wait: Wait },
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
      // Node.js remembers what package.json, or that none, lies in the folder that it is started in.
      cwd: wait.warm === undefined ? folders.work : folders.root,
      env: learnerEnvironment({ temp: folders.temp, token, extra: spec.env, wait }),
      inherit: [],
    },
    access,
  );
  return { command, tree: { token, contained: layer.contains(access) } };
}
