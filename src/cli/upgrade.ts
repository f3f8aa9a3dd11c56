import { existsSync } from 'node:fs';
import { cp, lstat, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { errorCode } from '../model/error.ts';
import { mergeText, sameText } from '../model/merge-text.ts';
import { makeBackup, withTemporary } from './backups.ts';
import { TUTOR_FOLDER, type Workspace } from './workspace.ts';

/** What a new version of an exercise's starter changed in the learner's folder. Paths are below that folder. */
export interface Upgrade {
  /** Files that the learner had not touched, and new ones. */
  updated: readonly string[];
  /** Files with the learner's changes and the new ones. */
  merged: readonly string[];
  /** New files that stand beside the learner's, because both changed the same. */
  beside: readonly string[];
  /** Absolute; the learner's files as they were. */
  backup: string;
}

export interface UpgradeRequest {
  workspace: Workspace;
  id: string;
  /** Writes what is handed out now into a folder. */
  handOut(folder: string): Promise<void>;
}

/** Keeps what was handed out, to compare it with later versions. */
export async function rememberStarter({ workspace, id, handOut }: UpgradeRequest): Promise<void> {
  await withTemporary(workspace, async (temporary) => {
    const copy = path.join(temporary, 'starter');
    await handOut(copy);
    await keepStarter(workspace, id, copy);
  });
}

/**
 * Brings what has changed in a starter since it was handed out into the learner's folder. Their changes stay: files are
 * merged line by line, and where that cannot be, the new file stands beside theirs.
 * @returns undefined when nothing was written
 * @throws the system's error when something cannot be written; the backup is whole before a file is changed
 */
export async function upgradeExercise(request: UpgradeRequest): Promise<Upgrade | undefined> {
  const { workspace, id, handOut } = request;
  const base = starterFolder(workspace, id);
  if (!existsSync(base)) {
    await rememberStarter(request);
    return undefined;
  }
  let upgrade: Upgrade | undefined;
  await withTemporary(workspace, async (temporary) => {
    const copy = path.join(temporary, 'starter');
    await handOut(copy);
    const changes = await findChanges({ base, theirs: copy, ours: path.join(workspace.folder, id) });
    if (changes.length > 0) upgrade = await applyChanges(workspace, id, changes);
    await keepStarter(workspace, id, copy);
  });
  return upgrade;
}

type Change = { file: string; content: Buffer } & { kind: 'updated' | 'merged' | 'beside' };

async function applyChanges(workspace: Workspace, id: string, changes: readonly Change[]): Promise<Upgrade> {
  const backup = await makeBackup(workspace, { id, now: new Date() });
  const written: Record<Change['kind'], string[]> = { updated: [], merged: [], beside: [] };
  const folder = path.join(workspace.folder, id);
  for (const { file, kind, content } of changes) {
    const name = kind === 'beside' ? freeName(folder, file) : file;
    await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
    await writeFile(path.join(folder, name), content);
    written[kind].push(name);
  }
  return { ...written, backup };
}

/** `sum.js.new`: no program takes it for its own. */
function freeName(folder: string, file: string): string {
  for (let count = 1; ; count++) {
    const name = `${file}.new${count === 1 ? '' : count}`;
    if (!existsSync(path.join(folder, name))) return name;
  }
}

interface Folders {
  base: string;
  theirs: string;
  ours: string;
}

/** What is new in a starter, for each file that it has. A file that it has no more stays with the learner. */
async function findChanges({ base, theirs, ours }: Folders): Promise<Change[]> {
  const entries = await readdir(theirs, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(theirs, path.join(entry.parentPath, entry.name)))
    .sort();
  const changes: Change[] = [];
  for (const file of files) {
    const content = await readFile(path.join(theirs, file));
    const before = await readIfFile(path.join(base, file));
    if (before === 'other' || (before !== undefined && isSame(before, content))) continue;
    const mine = await readIfFile(path.join(ours, file));
    const change = changeOf({ before, content, mine });
    if (change !== undefined) changes.push({ file, ...change });
  }
  return changes;
}

interface Versions {
  before: Buffer | undefined;
  content: Buffer;
  /** `other`: something stands there that is no file. */
  mine: Buffer | 'other' | undefined;
}

function changeOf({ before, content, mine }: Versions): Pick<Change, 'kind' | 'content'> | undefined {
  if (mine === undefined) return { kind: before === undefined ? 'updated' : 'beside', content };
  if (mine === 'other') return { kind: 'beside', content };
  if (isSame(mine, content)) return undefined;
  if (before === undefined) return { kind: 'beside', content };
  if (isSame(mine, before)) return { kind: 'updated', content };
  const isText = [before, content, mine].every((each) => !each.includes(0));
  const merged = isText && mergeText({ base: String(before), ours: String(mine), theirs: String(content) });
  return typeof merged === 'string' ? { kind: 'merged', content: Buffer.from(merged) } : { kind: 'beside', content };
}

function isSame(one: Buffer, other: Buffer): boolean {
  return one.equals(other) || (!one.includes(0) && !other.includes(0) && sameText(String(one), String(other)));
}

async function readIfFile(file: string): Promise<Buffer | 'other' | undefined> {
  try {
    return (await lstat(file)).isFile() ? await readFile(file) : 'other';
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(errorCode(error) ?? '')) return undefined;
    throw error;
  }
}

async function keepStarter(workspace: Workspace, id: string, copy: string): Promise<void> {
  const folder = starterFolder(workspace, id);
  await mkdir(path.dirname(folder), { recursive: true });
  await rm(folder, { recursive: true, force: true });
  await rename(copy, folder).catch(() => cp(copy, folder, { recursive: true }));
}

function starterFolder({ folder }: Workspace, id: string): string {
  return path.join(folder, TUTOR_FOLDER, 'starters', id);
}
