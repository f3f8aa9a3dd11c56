import fs from 'node:fs';
import path from 'node:path';
import { describeError, EXIT, errorCode, TutorError } from '../model/error.ts';
import type { User } from '../model/layer.ts';
import { SUBMISSION_LIMITS } from '../model/run.ts';

/** What a submission consists of; all paths relative to `folder`, parents before their children. */
export interface Submission {
  /** Absolute real folder. */
  folder: string;
  folders: readonly string[];
  files: readonly string[];
  /** Real path of the learner's own installed packages. */
  nodeModules?: string;
}

const SKIPPED = new Set(['node_modules', '.git', '.node-tutor']);

/**
 * Walks a submission without following any link.
 * @throws TutorError exit code 2 when there is no such folder, 1 when what lies in it cannot be graded
 */
export function surveySubmission(folder: string): Submission {
  const real = realFolder(folder);
  const survey = { folder: real, folders: [] as string[], files: [] as string[], bytes: 0 };
  const pending = [''];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    for (const child of surveyFolder(survey, next)) pending.push(child);
  }
  const nodeModules = ownPackages(real);
  return {
    folder: real,
    folders: survey.folders,
    files: survey.files,
    ...(nodeModules === undefined ? {} : { nodeModules }),
  };
}

/** Copies a submission into an empty folder; `owner` becomes the owner of every copy. */
export function copySubmission(submission: Submission, target: string, owner?: User): void {
  const own = owner === undefined ? () => {} : (file: string) => fs.lchownSync(file, owner.uid, owner.gid);
  for (const folder of submission.folders) {
    fs.mkdirSync(path.join(target, folder));
    own(path.join(target, folder));
  }
  for (const file of submission.files) {
    const copy = path.join(target, file);
    try {
      fs.copyFileSync(path.join(submission.folder, file), copy, fs.constants.COPYFILE_EXCL);
      fs.chmodSync(copy, 0o644);
      own(copy);
    } catch (error) {
      throw unreadable(file, error);
    }
  }
}

/** Files that belong to the exercise and not to the learner; paths relative to `folder`, `/` between their parts. */
export interface FixedFiles {
  folder: string;
  files: readonly string[];
}

/** Copies an exercise's own files over the learner's. */
export function copyFixed({ folder, files }: FixedFiles, target: string, owner?: User): void {
  for (const file of files) {
    const copy = path.join(target, ...file.split('/'));
    fs.rmSync(copy, { recursive: true, force: true });
    const made = fs.mkdirSync(path.dirname(copy), { recursive: true });
    fs.copyFileSync(path.join(folder, ...file.split('/')), copy);
    if (owner !== undefined) fs.chownSync(copy, owner.uid, owner.gid);
    if (owner !== undefined && made !== undefined) fs.chownSync(made, owner.uid, owner.gid);
  }
}

function realFolder(folder: string): string {
  try {
    const real = fs.realpathSync(folder);
    if (fs.statSync(real).isDirectory()) return real;
  } catch (error) {
    throw new TutorError(`Cannot read the submission ${folder}: ${describeError(error)}.`, {
      next: 'Give the folder that holds the exercise files.',
      cause: error,
    });
  }
  throw new TutorError(`The submission ${folder} is a file, not a folder.`, {
    next: 'Give the folder that holds the exercise files.',
  });
}

interface Walk {
  folder: string;
  folders: string[];
  files: string[];
  bytes: number;
}

/** Adds what lies in one folder to the walk; answers its subfolders. */
function surveyFolder(walk: Walk, relative: string): string[] {
  const names = readNames(walk.folder, relative);
  if (names.length + walk.files.length + walk.folders.length > SUBMISSION_LIMITS.files) {
    throw refusal(`it has more than ${SUBMISSION_LIMITS.files} files`, 'Leave out what the exercise does not need.');
  }
  const subfolders: string[] = [];
  for (const name of names) {
    if (SKIPPED.has(name)) continue;
    const child = relative === '' ? name : path.join(relative, name);
    if (surveyEntry(walk, child)) subfolders.push(child);
  }
  return subfolders;
}

/** Adds one entry; true when it is a folder. */
function surveyEntry(walk: Walk, relative: string): boolean {
  const stat = lstat(walk.folder, relative);
  if (stat.isDirectory()) {
    if (relative.split(path.sep).length > SUBMISSION_LIMITS.depth) {
      throw refusal(`its folders are nested more than ${SUBMISSION_LIMITS.depth} deep`, `Look at ${relative}.`);
    }
    walk.folders.push(relative);
    return true;
  }
  if (stat.isSymbolicLink()) throw refusal(`${relative} is a symbolic link`, 'Put a copy of the file in its place.');
  if (!stat.isFile()) throw refusal(`${relative} is neither a file nor a folder`, 'Remove it.');
  if (stat.nlink > 1) throw refusal(`${relative} is a hard link`, 'Put a copy of the file in its place.');
  walk.bytes += stat.size;
  if (walk.bytes > SUBMISSION_LIMITS.bytes) {
    const megabytes = SUBMISSION_LIMITS.bytes / 1024 / 1024;
    throw refusal(`its files are larger than ${megabytes} MB together`, `Remove large files, such as ${relative}.`);
  }
  walk.files.push(relative);
  return false;
}

function readNames(folder: string, relative: string): string[] {
  try {
    return fs.readdirSync(path.join(folder, relative));
  } catch (error) {
    throw unreadable(relative || folder, error);
  }
}

function lstat(folder: string, relative: string): fs.Stats {
  try {
    return fs.lstatSync(path.join(folder, relative));
  } catch (error) {
    throw unreadable(relative, error);
  }
}

/** The learner's own `node_modules`, whether a folder or a link to one; a link to anything else is as if it were not there. */
function ownPackages(folder: string): string | undefined {
  try {
    const real = fs.realpathSync(path.join(folder, 'node_modules'));
    return path.basename(real) === 'node_modules' && fs.statSync(real).isDirectory() ? real : undefined;
  } catch {
    return undefined;
  }
}

function refusal(what: string, next: string): TutorError {
  return new TutorError(`The submission cannot be graded: ${what}.`, { exitCode: EXIT.failed, next });
}

function unreadable(relative: string, error: unknown): TutorError {
  if (errorCode(error) === 'ENOSPC' || errorCode(error) === 'EDQUOT') {
    return new TutorError(`Cannot copy the submission: ${describeError(error)}.`, {
      exitCode: EXIT.tutorFailed,
      next: 'Free some space in the folder for temporary files.',
      cause: error,
    });
  }
  return new TutorError(`The submission cannot be graded: ${relative} cannot be read (${describeError(error)}).`, {
    exitCode: EXIT.failed,
    next: 'Make the file readable.',
    cause: error,
  });
}
