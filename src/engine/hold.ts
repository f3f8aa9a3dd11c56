import type { HoldRecord } from '../model/services.ts';

/** How long the next request is waited for after the one before it, in milliseconds. */
const PATIENCE = 2_000;

/** Answers that wait until enough requests are there; from then on, or when no more come, nothing waits. */
export interface Hold {
  /** @param route its index  @returns to be called when the client has gone */
  wait(route: number, answer: () => void): () => void;
  record(): HoldRecord;
  /** Answers all that wait; nothing waits anymore. */
  release(): void;
}

/** @param wanted how many requests; `all`: one for each of the routes */
export function createHold(wanted: 'all' | number, routes: number): Hold {
  const waiting = new Set<{ route: number; answer: () => void }>();
  let open = false;
  let met = false;
  let most = 0;
  let timer: NodeJS.Timeout | undefined;
  const there = () => (wanted === 'all' ? new Set([...waiting].map(({ route }) => route)).size : waiting.size);
  const enough = wanted === 'all' ? routes : wanted;

  function release(): void {
    open = true;
    clearTimeout(timer);
    for (const { answer } of waiting) answer();
    waiting.clear();
  }

  return {
    wait(route, answer) {
      if (open) {
        answer();
        return () => {};
      }
      const one = { route, answer };
      waiting.add(one);
      most = Math.max(most, there());
      clearTimeout(timer);
      if (there() >= enough) {
        met = true;
        release();
      } else {
        timer = setTimeout(release, PATIENCE);
      }
      return () => void waiting.delete(one);
    },
    record: () => ({ wanted: enough, there: most, met }),
    release,
  };
}
