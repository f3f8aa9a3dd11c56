import { existsSync, statSync } from 'node:fs';
import { readdir, stat, statfs } from 'node:fs/promises';
import path from 'node:path';

/** Saves that come within so many milliseconds count as one: editors write in several steps. */
const PAUSE = 25;
/**
 * A folder that is written to all the time is looked at this often, in milliseconds; and so long an emptied file may wait
 * for what is to be in it: most programs empty a file before they write it.
 */
const LONGEST_PAUSE = 250;
/** How often a folder is looked at where nothing tells of changes, in milliseconds. */
const POLL_INTERVAL = 200;
const IGNORED = new Set(['node_modules', '.git', '.node-tutor', '.DS_Store', 'Thumbs.db', '4913']);
/** What editors keep beside the files that they have open: vim, Emacs, JetBrains, Kate, gedit. */
const EDITOR_FILE = /~$|^\..+\.sw[a-z]$|^\.?#|\.kate-swp$|___jb_(?:tmp|old)___$|^\.goutputstream-/;

/** Why a folder is looked at in intervals: it was asked for, its file system tells nothing, or the system has no watch left. */
export type PollReason = 'asked' | 'file-system' | 'no-watch';

export interface FolderWatch {
  /** Absent where the system tells of changes. */
  readonly polls?: PollReason;
  close(): Promise<void>;
}

interface WatchOptions {
  /** Told one of the files that were saved, relative to the folder. */
  onSave: (file: string) => void;
  /** Looks in intervals, whatever the file system can do. */
  poll?: boolean;
}

/**
 * Calls back after each save of a file below a folder, until it is closed.
 * @returns when it watches
 */
export async function watchFolder(folder: string, { onSave, poll = false }: WatchOptions): Promise<FolderWatch> {
  if (poll) return pollFolder(folder, onSave, 'asked');
  if (await isSilent(folder)) return pollFolder(folder, onSave, 'file-system');
  return (await listenTo(folder, onSave)) ?? pollFolder(folder, onSave, 'no-watch');
}

/** True for a file whose changes are no save of the learner's. */
function isIgnored(file: string): boolean {
  const name = path.basename(file);
  return IGNORED.has(name) || EDITOR_FILE.test(name);
}

/** Listens to the system's events; undefined where it has none left to give. */
async function listenTo(folder: string, onSave: (file: string) => void): Promise<FolderWatch | undefined> {
  const { watch } = await import('chokidar');
  const watcher = watch(folder, { ignoreInitial: true, ignored: (file) => file !== folder && isIgnored(file) });
  const saves = gather(folder, onSave);
  watcher.on('all', (_event, file) => saves.add(file));
  // Of two events on a file within 50 ms, chokidar tells the first; the raw ones are all there.
  watcher.on('raw', (_event, name: string | null, details) => {
    const { watchedPath } = details as { watchedPath: string };
    const file = name === null || path.basename(watchedPath) === name ? watchedPath : path.join(watchedPath, name);
    if (!path.relative(folder, file).split(path.sep).some(isIgnored)) saves.add(file);
  });
  const isWatching = await new Promise<boolean>((resolve) => {
    watcher.once('ready', () => resolve(true));
    watcher.on('error', () => resolve(false));
  });
  const close = async () => {
    saves.close();
    await watcher.close();
  };
  if (isWatching) return { close };
  await close();
  return undefined;
}

/** Makes one save of all that is added within a pause. */
function gather(folder: string, onSave: (file: string) => void): { add(file: string): void; close(): void } {
  let timer: NodeJS.Timeout | undefined;
  let since: number | undefined;
  let saved: string[] = [];
  const timeLeft = () => Math.max(0, (since ?? 0) + LONGEST_PAUSE - performance.now());
  const tell = () => {
    // Some editors write a file of another name and rename it.
    const there = saved.findLast((one) => one !== folder && existsSync(one));
    const left = timeLeft();
    if (left > 0 && there !== undefined && isEmpty(there)) {
      timer = setTimeout(tell, left);
      return;
    }
    const file = there ?? saved[0] ?? folder;
    saved = [];
    since = undefined;
    onSave(path.relative(folder, file));
  };
  return {
    add(file) {
      saved.push(file);
      since ??= performance.now();
      clearTimeout(timer);
      timer = setTimeout(tell, Math.min(PAUSE, timeLeft()));
    },
    close: () => clearTimeout(timer),
  };
}

function isEmpty(file: string): boolean {
  const found = statSync(file, { throwIfNoEntry: false });
  return found?.isFile() === true && found.size === 0;
}

async function pollFolder(folder: string, onSave: (file: string) => void, polls: PollReason): Promise<FolderWatch> {
  let timer: NodeJS.Timeout | undefined;
  let isOpen = true;
  let before = await stateOf(folder);
  const look = async () => {
    const now = await stateOf(folder);
    const changed = [...now].find(([file, state]) => before.get(file) !== state)?.[0];
    const gone = [...before.keys()].find((file) => !now.has(file));
    before = now;
    if (!isOpen) return;
    const file = changed ?? gone;
    if (file !== undefined) onSave(file);
    timer = setTimeout(look, POLL_INTERVAL);
  };
  timer = setTimeout(look, POLL_INTERVAL);
  return {
    polls,
    close: async () => {
      isOpen = false;
      clearTimeout(timer);
    },
  };
}

/** What tells whether a file has changed, by its path below the folder. */
async function stateOf(folder: string, below = ''): Promise<Map<string, string>> {
  const states = new Map<string, string>();
  const entries = await readdir(path.join(folder, below), { withFileTypes: true }).catch(() => []);
  for (const entry of entries) {
    if (isIgnored(entry.name)) continue;
    const file = path.join(below, entry.name);
    if (entry.isDirectory()) {
      for (const [inner, state] of await stateOf(folder, file)) states.set(inner, state);
      continue;
    }
    const found = await stat(path.join(folder, file), { bigint: true }).catch(() => undefined);
    if (found?.isFile()) states.set(file, `${found.ino} ${found.size} ${found.mtimeNs}`);
  }
  return states;
}

/** File systems that do not tell of changes made elsewhere, by the number in statfs(2): 9P (WSL's view of Windows), NFS, SMB, FUSE (sshfs, shared folders), VirtualBox, VMware. */
const SILENT_FILE_SYSTEMS: ReadonlySet<number> = new Set([
  0x0102_1997, 0x6969, 0x517b, 0xff53_4d42, 0xfe53_4d42, 0x6573_5546, 0x786f_4256, 0xbacb_acbc,
]);

async function isSilent(folder: string): Promise<boolean> {
  if (process.platform === 'win32') return folder.startsWith('\\\\');
  if (process.platform !== 'linux') return false;
  const { type } = await statfs(folder).catch(() => ({ type: 0 }));
  return SILENT_FILE_SYSTEMS.has(type >>> 0);
}
