import type { WorkContents } from '../model/files.ts';
import type { Go, LaunchSpec, Sandbox } from '../model/run.ts';
import type { Isolation } from '../model/verdict.ts';
import { putContents, saveContents } from './contents.ts';
import { removeStaleFolders } from './folders.ts';
import { copyInto, type Setting, settle } from './setting.ts';
import { endAndRemove, type StartedRun, startOnCopy } from './start.ts';
import type { Stock } from './stock.ts';
import type { FixedFiles } from './submission.ts';
import type { Watchdog } from './watchdog.ts';

export interface SandboxOptions {
  /** Folder of the learner's files. */
  submission: string;
  /** Packages that the exercise declares. */
  packages: readonly string[];
  isolation: Isolation;
  /** True when this process shares a private network with the runs already. */
  networkIsPrivate: boolean;
  /** Folder that holds `preload/`. */
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
  /** Stands beside the runs of several sandboxes. */
  watchdog?: Watchdog;
  /** Where runs that may be warm come from. */
  stock?: Stock | undefined;
}

/**
 * Looks through a submission and makes ready to run it.
 * @throws TutorError exit code 1 when the submission cannot be graded, 2 when there is none, 3 when a package is missing
 */
export async function openSandbox(options: SandboxOptions): Promise<Sandbox> {
  const setting = settle(options);
  const open = new Set<StartedRun>();
  const { stock } = options;
  const end = stock?.end ?? endAndRemove;
  /** Runs that were told to go on. */
  const gone = new WeakSet<StartedRun>();
  const release = async (run: StartedRun) => {
    if (gone.has(run) || !stock?.takeBack(run)) await end(run);
  };
  let isClosed = false;
  return {
    loadsAhead: stock !== undefined && options.packages.length > 0,
    async prepare(spec) {
      const run = (await takeWarm(setting, spec)) ?? (await startOnCopy(setting, spec));
      const { folders, launched } = run;
      if (isClosed) {
        await release(run);
        throw new Error('The sandbox was closed before the run was ready.');
      }
      open.add(run);
      const begin = (go: Go) => {
        if (!open.has(run)) throw new Error('The sandbox was closed before the run was told to go on.');
        gone.add(run);
        if (go.contents !== undefined) putContents(go.contents, folders.work, setting.owner);
        return launched.go(go);
      };
      const discard = async () => {
        open.delete(run);
        await release(run);
      };
      const put = (contents: WorkContents) => saveContents(contents, folders.work, setting.owner);
      return { work: folders.work, go: begin, put, discard };
    },
    async close() {
      isClosed = true;
      const runs = [...open];
      open.clear();
      await Promise.all(runs.map(release));
      removeStaleFolders().catch(() => {});
    },
  };
}

/** A child that has waited for these files. */
async function takeWarm(setting: Setting, spec: LaunchSpec): Promise<StartedRun | undefined> {
  const run = spec.mayBeWarm ? await setting.options.stock?.take(setting, spec) : undefined;
  try {
    if (run !== undefined) copyInto(setting, run.folders);
    return run;
  } catch (error) {
    if (run !== undefined) await endAndRemove(run);
    throw error;
  }
}
