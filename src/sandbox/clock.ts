import { performance } from 'node:perf_hooks';

/** How long Node may take to start, in milliseconds; that time is not the learner's. */
const START_LIMIT = 30_000;
/** How long a child that is up may wait for its `go`, in milliseconds. */
const WAIT_LIMIT = 30 * 60_000;

/** Times a program from the moment when its code begins. */
export interface Clock {
  /** The child is up. */
  ready(): void;
  /** It was told to go on. */
  go(): void;
  /** Stops the clock; milliseconds since both have happened. */
  stop(): number;
}

/**
 * Calls `onTime` once when `limit` milliseconds have passed since the child was up and told to go on,
 * and `onForgotten` when it was never told.
 */
export function startClock(
  limit: number,
  { onTime, onForgotten }: Record<'onTime' | 'onForgotten', () => void>,
): Clock {
  let missing = 2;
  let begun = performance.now();
  let isStopped = false;
  let timer = setTimeout(onTime, START_LIMIT);
  const set = (action: () => void, milliseconds: number): void => {
    clearTimeout(timer);
    // What a child said last may be read after its end.
    if (!isStopped) timer = setTimeout(action, milliseconds);
  };
  const begin = (): void => {
    if (--missing > 0) return;
    begun = performance.now();
    set(onTime, limit);
  };
  return {
    ready: once(() => {
      set(onForgotten, WAIT_LIMIT);
      begin();
    }),
    go: begin,
    stop() {
      isStopped = true;
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
