import os from 'node:os';
import path from 'node:path';

/** Where the tutor keeps what it can make or fetch again: NODE_TUTOR_CACHE, else the system's place for caches of this user. */
export function cacheFolder(): string {
  const { NODE_TUTOR_CACHE, XDG_CACHE_HOME, LOCALAPPDATA } = process.env;
  if (NODE_TUTOR_CACHE) return path.resolve(NODE_TUTOR_CACHE);
  if (process.platform === 'win32') return path.join(LOCALAPPDATA || os.tmpdir(), 'node-tutor', 'cache');
  if (process.platform === 'darwin') return path.join(os.homedir(), 'Library', 'Caches', 'node-tutor');
  return path.join(XDG_CACHE_HOME || path.join(os.homedir(), '.cache'), 'node-tutor');
}
