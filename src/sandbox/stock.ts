import os from 'node:os';
import type { LaunchSpec } from '../model/run.ts';
import { emptyFolder } from './folders.ts';
import { mentionedPackages } from './mentioned.ts';
import type { Setting } from './setting.ts';
import { endAndRemove, remove, type StartedRun, startWarm } from './start.ts';

/** How many children wait at least: one for the next run, and one for a save that comes during that. */
const FEWEST = 2;
/** How many wait at most, where a verdict takes as many runs. */
const MOST = 10;
/** What one takes that others do not share, with the packages of an Express or Mongoose app, in bytes. */
const CHILD_MEMORY = 40 * 1024 * 1024;
/** The part of the machine's memory that is theirs. */
const SHARE = 1 / 16;

/** Children that wait for runs to come, with the packages of the exercise loaded. There is no code of a learner in them. */
export interface Stock {
  /** One that waits already or is started now; undefined where its packages cannot be loaded ahead. */
  take(setting: Setting, spec: LaunchSpec): Promise<StartedRun | undefined>;
  /** Ends a run; resolves when it is gone. Its folders go later: nobody waits for them. */
  end(run: StartedRun): Promise<void>;
  /** Takes back a child that was not told to go on, and so has seen nothing; false when it was not from here. */
  takeBack(run: StartedRun): boolean;
  /** Starts what the runs since the last time would have needed, and ends what they could not have used. */
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

/** One that waits, or that is to be started when those before it are ready. */
interface Place extends Wanted {
  started?: Promise<StartedRun>;
}

/** An empty stock. */
export function openStock(): Stock {
  let line: Place[] = [];
  /** Few at a time, so that the first is soon ready. */
  let starting = 0;
  let taken: Wanted[] = [];
  /** What the verdict with the most runs has taken. */
  let usual: Wanted[] = [];
  /** Packages that leave traces when they are loaded. */
  const unfit = new Set<string>();
  const handedOut = new WeakMap<StartedRun, Wanted>();
  const ending = new Set<Promise<void>>();
  let old: StartedRun[] = [];

  function clear(): void {
    for (const run of old) remove(run);
    old = [];
  }

  function start({ setting, spec, packages }: Wanted): Promise<StartedRun> {
    starting += 1;
    const goOn = () => {
      starting -= 1;
      startMore();
    };
    const started = startWarm(setting, spec, packages);
    started.then(({ launched }) => launched.ready).then(goOn, goOn);
    return started;
  }

  function startMore(): void {
    while (starting < FEWEST) {
      const place = line.find(({ started }) => started === undefined);
      if (place === undefined) return;
      place.started = start(place);
    }
  }

  function giveUp(started: Promise<StartedRun>): void {
    const gone = started.then(endAndRemove, () => undefined).finally(() => ending.delete(gone));
    ending.add(gone);
  }

  function giveUpAll(places: readonly Place[]): void {
    for (const { started } of places) if (started !== undefined) giveUp(started);
  }

  /** The first that is as this run needs it, no longer in the line. */
  function find(wanted: Wanted): Place | undefined {
    const at = line.findIndex((one) => one.key === wanted.key && loadsNoMore(one, wanted));
    return at === -1 ? undefined : line.splice(at, 1)[0];
  }

  return {
    async take(setting, spec) {
      const wanted = want(setting, spec);
      if (wanted.packages.some((name) => unfit.has(name))) return undefined;
      taken.push(wanted);
      const found = find(wanted);
      if (found?.started !== undefined) {
        const run = await found.started.catch(() => undefined);
        if (run?.launched.alive() && (await run.launched.ready)) {
          handedOut.set(run, found);
          return run;
        }
        giveUp(found.started);
      }
      const started = start(wanted);
      const run = await started;
      if (await run.launched.ready) {
        handedOut.set(run, wanted);
        return run;
      }
      for (const name of wanted.packages) unfit.add(name);
      giveUp(started);
      return undefined;
    },
    takeBack(run) {
      const wanted = handedOut.get(run);
      if (wanted === undefined || !run.launched.alive()) return false;
      emptyFolder(run.folders.work);
      line.unshift({ ...wanted, started: Promise.resolve(run) });
      return true;
    },
    async end(run) {
      await run.launched.end();
      old.push(run);
    },
    refill() {
      clear();
      const [last] = taken;
      if (last === undefined) return;
      // A verdict that ended at its first check has taken fewer than the next one may.
      usual = [...taken, ...usual.filter((one) => loadsNoMore(one, last)).slice(taken.length)];
      const toWait = usual.length < FEWEST ? [...usual, ...usual] : usual.slice(0, mostWaiting());
      const places = toWait.map((wanted) => find(wanted) ?? { ...wanted });
      giveUpAll(line);
      line = places;
      taken = [];
      startMore();
    },
    async close() {
      clear();
      giveUpAll(line.splice(0));
      await Promise.all(ending);
    },
  };
}

/** What one has loaded, the program must ask for, too. */
function loadsNoMore(one: Wanted, wanted: Wanted): boolean {
  return one.packages.every((name) => wanted.packages.includes(name));
}

function mostWaiting(): number {
  // Of a container; 0, or more than there is, where nothing is constrained.
  const constrained = process.constrainedMemory();
  const memory = constrained > 0 ? Math.min(constrained, os.totalmem()) : os.totalmem();
  return Math.max(FEWEST, Math.min(MOST, Math.floor((memory * SHARE) / CHILD_MEMORY)));
}

function want(setting: Setting, spec: LaunchSpec): Wanted {
  const { options, layer, packages, preload, read, hide, owner } = setting;
  const { networkIsPrivate, view } = options;
  const key = JSON.stringify([spec, layer.name, [...packages], preload, read, hide, owner, networkIsPrivate, view]);
  return { setting, spec, packages: mentionedPackages(setting), key };
}
