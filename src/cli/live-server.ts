import { runSubmission } from '../engine/run.ts';
import { watchFolder } from '../engine/watch-folder.ts';
import type { CommandContext } from './context.ts';
import { wantsPolling } from './polling.ts';

type LiveRequest = Omit<Parameters<typeof runSubmission>[0], 'onListening'>;

/**
 * Runs a learner's server for their own browser, anew after each save, until Ctrl-C.
 * @returns the exit code of its last run
 */
export async function serveLive({ io, say, options }: CommandContext, request: LiveRequest): Promise<number> {
  let saved = deferred();
  const watcher = await watchFolder(request.submission, {
    onSave: (file) => saved.resolve(file),
    poll: wantsPolling({ io, options }),
  });
  const stopped = new Promise<undefined>((resolve) => {
    request.signal.addEventListener('abort', () => resolve(undefined), { once: true });
  });
  try {
    for (;;) {
      const round = new AbortController();
      const signal = AbortSignal.any([request.signal, round.signal]);
      const run = runSubmission({ ...request, signal, onListening: (url) => io.tell(say('serving', { url })) });
      const first = await Promise.race([run.then((code) => ({ code })), saved.promise, stopped]);
      if (first === undefined || request.signal.aborted) return await run;
      if (typeof first === 'object') {
        if (!io.interactive) return first.code;
        io.tell(say('serverEnded', { code: String(first.code) }));
        if ((await Promise.race([saved.promise, stopped])) === undefined) return first.code;
      } else {
        round.abort();
        await run;
      }
      io.tell(say('restarting', { file: await saved.promise }));
      saved = deferred();
    }
  } finally {
    await watcher.close();
  }
}

/** A save that is waited for. */
function deferred(): { promise: Promise<string>; resolve(file: string): void } {
  let resolve = (_file: string) => {};
  const promise = new Promise<string>((settle) => {
    resolve = settle;
  });
  return { promise, resolve: (file) => resolve(file) };
}
