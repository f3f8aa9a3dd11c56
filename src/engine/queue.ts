/** A queue between a callback that emits and a loop that consumes; `end(error)` makes the loop throw. */
export function eventQueue<Event>(): {
  emit: (event: Event) => void;
  end: (error?: unknown) => void;
  events: () => AsyncGenerator<Event>;
} {
  const waiting: Event[] = [];
  let ended: { error: unknown } | undefined;
  let wake = () => {};
  return {
    emit: (event) => {
      waiting.push(event);
      wake();
    },
    end: (error) => {
      ended ??= { error };
      wake();
    },
    events: async function* () {
      for (;;) {
        yield* waiting.splice(0);
        if (waiting.length > 0) continue;
        if (ended?.error !== undefined) throw ended.error;
        if (ended) return;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
  };
}
