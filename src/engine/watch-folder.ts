import { existsSync } from 'node:fs';
import path from 'node:path';

/** Saves that come within so many milliseconds count as one: editors write in several steps. */
const PAUSE = 100;
const IGNORED = new Set(['node_modules', '.git', '.node-tutor']);

/**
 * Calls back after each save of a file below a folder, until it is closed.
 * @returns when it watches
 */
export async function watchFolder(folder: string, onSave: (file: string) => void): Promise<{ close(): Promise<void> }> {
  const { watch } = await import('chokidar');
  const watcher = watch(folder, {
    ignoreInitial: true,
    ignored: (file) => file !== folder && IGNORED.has(path.basename(file)),
  });
  let timer: NodeJS.Timeout | undefined;
  let saved: string[] = [];
  const tell = () => {
    // Some editors write a file of another name and rename it.
    const file = saved.findLast((one) => existsSync(one)) ?? saved[0] ?? folder;
    saved = [];
    onSave(path.relative(folder, file));
  };
  watcher.on('all', (_event, file) => {
    saved.push(file);
    clearTimeout(timer);
    timer = setTimeout(tell, PAUSE);
  });
  await new Promise<void>((resolve) => watcher.once('ready', () => resolve()));
  return {
    close: async () => {
      clearTimeout(timer);
      await watcher.close();
    },
  };
}
