import type { LaunchSpec } from '../model/run.ts';
import { emptyFolder } from './folders.ts';
import { mentionedPackages } from './mentioned.ts';
import type { Setting } from './setting.ts';
import { endAndRemove, remove, type StartedRun, startWarm } from './start.ts';

/** How many children wait at most: one for the next run, one for the run after it or for a save that comes during the first. */
const MOST_WAITING = 2;

/** Children that wait for runs to come, with the packages of the exercise loaded. There is no code of a learner in them. */
export interface Stock {
  /** One that waits already or is started now; undefined where its packages cannot be loaded ahead. */
  take(setting: Setting, spec: LaunchSpec): Promise<StartedRun | undefined>;
  /** Ends a run; resolves when it is gone. Its folders go later: nobody waits for them. */
  end(run: StartedRun): Promise<void>;
  /** Takes back a child that was not told to go on, and so has seen nothing; false when it was not from here. */
  takeBack(run: StartedRun): boolean;
  /** Starts what the runs since the last time would have needed, and ends what they would not. */
  refill(): void;
  /** Ends all that wait. */
  close(): Promise<void>;
}

interface Wanted {
  setting: Setting;
  spec: LaunchSpec;
  packages: readonly string[];
  /** All that a child has read or been given before its `go`. */
  key: string;
}

interface Waiting extends Wanted {
  started: Promise<StartedRun>;
}

/** An empty stock. */
export function openStock(): Stock {
  let waiting: Waiting[] = [];
  let taken: Wanted[] = [];
  /** Packages that leave traces when they are loaded. */
  const unfit = new Set<string>();
  const handedOut = new WeakMap<StartedRun, Wanted>();
  const ending = new Set<Promise<void>>();
  let old: StartedRun[] = [];

  function clear(): void {
    for (const run of old) remove(run);
    old = [];
  }

  function start(wanted: Wanted): Waiting {
    const started = startWarm(wanted.setting, wanted.spec, wanted.packages);
    started.catch(() => undefined);
    return { ...wanted, started };
  }

  function giveUp(one: Waiting): void {
    const gone = one.started.then(endAndRemove, () => undefined).finally(() => ending.delete(gone));
    ending.add(gone);
  }

  /** The first that is as this run needs it. What it has loaded the program must ask for, too. */
  function find({ key, packages }: Wanted): Waiting | undefined {
    const at = waiting.findIndex((one) => one.key === key && one.packages.every((name) => packages.includes(name)));
    return at === -1 ? undefined : waiting.splice(at, 1)[0];
  }

  return {
    async take(setting, spec) {
      const wanted = want(setting, spec);
      if (wanted.packages.some((name) => unfit.has(name))) return undefined;
      taken.push(wanted);
      const found = find(wanted);
      if (found !== undefined) {
        const run = await found.started.catch(() => undefined);
        if (run?.launched.alive() && (await run.launched.ready)) {
          handedOut.set(run, found);
          return run;
        }
        giveUp(found);
      }
      const fresh = start(wanted);
      const run = await fresh.started;
      if (await run.launched.ready) {
        handedOut.set(run, fresh);
        return run;
      }
      for (const name of wanted.packages) unfit.add(name);
      giveUp(fresh);
      return undefined;
    },
    takeBack(run) {
      const wanted = handedOut.get(run);
      if (wanted === undefined || !run.launched.alive()) return false;
      emptyFolder(run.folders.work);
      waiting.push({ ...wanted, started: Promise.resolve(run) });
      return true;
    },
    async end(run) {
      await run.launched.end();
      old.push(run);
    },
    refill() {
      clear();
      if (taken.length === 0) return;
      const next = taken.length < MOST_WAITING ? [...taken, ...taken] : taken;
      const kept = next.slice(0, MOST_WAITING).map((wanted) => find(wanted) ?? start(wanted));
      for (const one of waiting) giveUp(one);
      waiting = kept;
      taken = [];
    },
    async close() {
      clear();
      for (const one of waiting.splice(0)) giveUp(one);
      await Promise.all(ending);
    },
  };
}

function want(setting: Setting, spec: LaunchSpec): Wanted {
  const { options, layer, packages, preload, read, hide, owner } = setting;
  const { networkIsPrivate, view } = options;
  const key = JSON.stringify([spec, layer.name, [...packages], preload, read, hide, owner, networkIsPrivate, view]);
  return { setting, spec, packages: mentionedPackages(setting), key };
}
