// What can be seen of a run by somebody who stands outside of it. Linux: it reads /proc.
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';

/** Where Linux programs have files in memory. */
const IN_MEMORY = '/dev/shm';

/** Every file below some folders with what it is: a change shows. */
export function snapshot(folders: readonly string[]): string {
  const hash = createHash('sha256');
  for (const folder of folders) addTree(folder, hash);
  return hash.digest('hex');
}

function addTree(file: string, hash: ReturnType<typeof createHash>): void {
  const stat = fs.lstatSync(file);
  hash.update(`${file}\0${stat.mode}\0${stat.nlink * Number(!stat.isDirectory())}\0`);
  if (stat.isSymbolicLink()) hash.update(fs.readlinkSync(file));
  else if (stat.isDirectory()) for (const name of fs.readdirSync(file).sort()) addTree(path.join(file, name), hash);
  else if (stat.isFile() && stat.size < 1_000_000) hash.update(fs.readFileSync(file));
}

/** Ids of processes that have a word in their command line or environment. */
export function processesWith(word: string): number[] {
  return fs
    .readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 1 && pid !== process.pid && has(pid, word));
}

function has(pid: number, word: string): boolean {
  return ['cmdline', 'environ'].some((name) => {
    try {
      return fs.readFileSync(`/proc/${pid}/${name}`, 'latin1').includes(word);
    } catch {
      return false;
    }
  });
}

/** Resident memory of a process in bytes; 0 when it is gone. */
export function residentMemory(pid: number): number {
  try {
    return Number(/^VmRSS:\s+(\d+) kB$/m.exec(fs.readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1] ?? 0) * 1024;
  } catch {
    return 0;
  }
}

/** How many descriptors a process holds; 0 when it is gone. */
export function descriptorCount(pid: number): number {
  try {
    return fs.readdirSync(`/proc/${pid}/fd`).length;
  } catch {
    return 0;
  }
}

/** Memory of the machine that files in memory take, in bytes. */
export function sharedMemory(): number {
  return Number(/^Shmem:\s+(\d+) kB$/m.exec(fs.readFileSync('/proc/meminfo', 'latin1'))?.[1] ?? 0) * 1024;
}

/** Bytes and entries below a folder that is being written to. */
export function usage(folder: string): { bytes: number; entries: number } {
  let [bytes, entries] = [0, 0];
  const pending = [folder];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    for (const entry of listed(next)) {
      entries++;
      const file = path.join(next, entry.name);
      if (entry.isDirectory()) pending.push(file);
      else bytes += (fs.lstatSync(file, { throwIfNoEntry: false })?.blocks ?? 0) * 512;
    }
  }
  return { bytes, entries };
}

/** What the file systems in memory hold that only these processes see. */
export function memoryUsage(pids: readonly number[]): { bytes: number; entries: number } {
  const own = fs.statSync(IN_MEMORY).dev;
  const seen = new Map(pids.flatMap((pid) => memoryOf(pid) ?? []).map((held) => [held.device, held]));
  seen.delete(own);
  const sum = (key: 'bytes' | 'entries') => [...seen.values()].reduce((total, held) => total + held[key], 0);
  return { bytes: sum('bytes'), entries: sum('entries') };
}

/** Of a process that is there. */
function memoryOf(pid: number): { device: number; bytes: number; entries: number }[] | undefined {
  const folder = `/proc/${pid}/root${IN_MEMORY}`;
  try {
    const { bsize, blocks, bfree, files, ffree } = fs.statfsSync(folder);
    return [{ device: fs.statSync(folder).dev, bytes: (blocks - bfree) * bsize, entries: files - ffree }];
  } catch {
    return undefined;
  }
}

function listed(folder: string): fs.Dirent[] {
  try {
    return fs.readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}
