import { performance } from 'node:perf_hooks';

/** How long Node may take to start, in milliseconds; that time is not the learner's. */
const START_LIMIT = 30_000;

/** Times a program from the moment when its code begins. */
export interface Clock {
  /** The child is up. */
  ready(): void;
  /** It was told to go on. */
  go(): void;
  /** Stops the clock; milliseconds since both have happened. */
  stop(): number;
}

/** Calls `onTime` once when `limit` milliseconds have passed since the child was up and told to go on. */
export function startClock(limit: number, onTime: () => void): Clock {
  let missing = 2;
  let begun = performance.now();
  let timer = setTimeout(onTime, START_LIMIT);
  const begin = (): void => {
    if (--missing > 0) return;
    clearTimeout(timer);
    begun = performance.now();
    timer = setTimeout(onTime, limit);
  };
  return {
    ready: once(begin),
    go: () => {
      begin();
    },
    stop() {
      clearTimeout(timer);
      return performance.now() - begun;
    },
  };
}

function once(action: () => void): () => void {
  let done = false;
  return () => {
    if (done) return;
    done = true;
    action();
  };
}
