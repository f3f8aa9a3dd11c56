import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Course } from '../model/course.ts';
import { describeError, errorCode, TutorError } from '../model/error.ts';
import type { CommandContext } from './context.ts';

/** A learner's folder. */
export interface Workspace {
  /** Absolute. */
  folder: string;
  course: CourseReference;
}

interface CourseReference {
  id: string;
  /** Folder of a course that is not the built-in one. */
  reference?: string;
}

/** Folder in the workspace that is the tutor's own. */
export const TUTOR_FOLDER = '.node-tutor';
export const DEFAULT_WORKSPACE = 'node-tutor';
const SETTINGS = 'workspace.json';

/**
 * The workspace of `dir`, else the one that `cwd` lies in, else `./node-tutor`; undefined when there is none.
 * @throws {TutorError} when its settings cannot be read
 */
export function findWorkspace({ dir, cwd }: { dir?: string | undefined; cwd: string }): Workspace | undefined {
  if (dir !== undefined) return readWorkspace(path.resolve(cwd, dir));
  for (let folder = cwd; ; folder = path.dirname(folder)) {
    const found = readWorkspace(folder);
    if (found !== undefined) return found;
    if (folder === path.dirname(folder)) break;
  }
  return readWorkspace(path.join(cwd, DEFAULT_WORKSPACE));
}

function readWorkspace(folder: string): Workspace | undefined {
  const file = path.join(folder, TUTOR_FOLDER, SETTINGS);
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(errorCode(error) ?? '')) return undefined;
    throw new TutorError(`The workspace's settings cannot be read: ${describeError(error)}`, { cause: error });
  }
  try {
    const { course } = JSON.parse(text);
    if (typeof course.id !== 'string') throw new TypeError('no course id');
    const reference = typeof course.reference === 'string' ? { reference: course.reference } : {};
    return { folder, course: { id: course.id, ...reference } };
  } catch (error) {
    throw new TutorError(`The workspace's settings are damaged: ${file}`, {
      next: `Let the tutor write them anew: node-tutor doctor --fix --dir ${folder}`,
      cause: error,
    });
  }
}

/** Folder of the workspace that `findWorkspace` cannot read the settings of, because they are damaged; undefined otherwise. */
export function damagedSettings({ dir, cwd }: { dir?: string | undefined; cwd: string }): string | undefined {
  const wanted = path.resolve(cwd, dir ?? '.');
  const upward: string[] = [];
  for (let folder = wanted; !upward.includes(folder); folder = path.dirname(folder)) upward.push(folder);
  const places = dir === undefined ? [...upward, path.join(cwd, DEFAULT_WORKSPACE)] : [wanted];
  return places.find((folder) => {
    try {
      readWorkspace(folder);
      return false;
    } catch (error) {
      return error instanceof TutorError && error.cause instanceof Error && errorCode(error.cause) === undefined;
    }
  });
}

/** Writes the settings of a workspace anew; the damaged ones are kept beside them. @throws the system's error */
export function renewSettings(folder: string, course: Course): void {
  const file = path.join(folder, TUTOR_FOLDER, SETTINGS);
  renameSync(file, `${file}.damaged-${new Date().toISOString().replace(/[:.]/g, '-')}`);
  createWorkspace(folder, course);
}

/** Like `findWorkspace`; undefined also when it belongs to another course. */
export function workspaceOf(context: CommandContext, course: Course): Workspace | undefined {
  const workspace = findWorkspace({ dir: context.options.dir, cwd: context.io.cwd });
  return workspace?.course.id === course.index.id ? workspace : undefined;
}

/**
 * The workspace for this course.
 * @throws {TutorError} when there is none, or when it belongs to another course
 */
export function requireWorkspace({ options, io, say }: CommandContext, course: Course): Workspace {
  const workspace = findWorkspace({ dir: options.dir, cwd: io.cwd });
  if (workspace === undefined) throw new TutorError(say('noWorkspace'), { next: say('noWorkspaceNext') });
  if (workspace.course.id !== course.index.id) {
    const { folder } = workspace;
    throw new TutorError(say('otherCourse', { folder, workspace: workspace.course.id, course: course.index.id }), {
      next: say('otherCourseNext'),
    });
  }
  return workspace;
}

/**
 * Makes a folder into a workspace. What stands there already stays as it is.
 * @throws {TutorError} when it cannot be written to
 */
export function createWorkspace(folder: string, course: Course): Workspace {
  const reference: CourseReference = {
    id: course.index.id,
    ...(!course.builtIn && { reference: course.folder }),
  };
  try {
    mkdirSync(path.join(folder, TUTOR_FOLDER), { recursive: true });
    writeNew(path.join(folder, TUTOR_FOLDER, SETTINGS), { formatVersion: 1, course: reference });
    // Ends the reach of a package.json further up, whose "type" would change how the learner's .js files are read.
    writeNew(path.join(folder, 'package.json'), { private: true, description: 'Exercises of node-tutor' });
  } catch (error) {
    throw new TutorError(`The workspace cannot be made: ${describeError(error)}`, {
      next: 'Choose a folder that you may write to: node-tutor start --dir <workspace>',
      cause: error,
    });
  }
  return { folder, course: reference };
}

function writeNew(file: string, content: object): void {
  try {
    writeFileSync(file, `${JSON.stringify(content, undefined, 2)}\n`, { flag: 'wx' });
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error;
  }
}
