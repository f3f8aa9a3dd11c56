import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Course, CourseIndex } from '../model/course.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { describeError, EXIT, TutorError } from '../model/error.ts';
import { plural } from '../model/text.ts';

const PACKAGE_PATTERN = /^(@[a-z0-9][a-z0-9._-]*\/)?[a-z0-9][a-z0-9._-]*$/;

export interface OpenOptions {
  /** A folder (with a path separator, or existing) or an installed npm package; the built-in course when absent. */
  course?: string;
  /** Absolute folder from which `course` is looked for. */
  cwd: string;
  /** Absolute folder of the tutor's own package. */
  packageRoot: string;
}

/**
 * Opens a course: the built-in one from its prevalidated index, any other validated as a whole.
 * @throws {TutorError} exit code 2 with all diagnostics when it has faults, or when it is not found
 */
export async function openCourse({ course, cwd, packageRoot }: OpenOptions): Promise<Course> {
  if (course === undefined) {
    const index = readBuilt(packageRoot, 'index.json') as CourseIndex;
    return { index, folder: packageRoot, builtIn: true };
  }
  const folder = findCourse(course, cwd);
  const { validateCourse } = await import('./validate.ts');
  const { index, diagnostics } = await validateCourse(folder);
  if (index === undefined) throw courseError(folder, cwd, diagnostics);
  return { index, folder, builtIn: false };
}

/** A file of the built-in course as the build made it; `name` below dist/course. */
export function readBuilt(packageRoot: string, name: string): unknown {
  const file = path.join(packageRoot, 'dist', 'course', name);
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new TutorError(`The built-in course cannot be read: ${describeError(error)}`, {
      exitCode: EXIT.tutorFailed,
      next: 'Install node-tutor again; in a clone, run: npm run build',
      cause: error,
    });
  }
}

/** The error for a course with faults; its diagnostics name files relative to `cwd`. */
export function courseError(folder: string, cwd: string, diagnostics: readonly Diagnostic[]): TutorError {
  const base = path.relative(cwd, folder);
  return new TutorError(`The course in ${folder} has ${plural(diagnostics.length, 'fault')}.`, {
    next: 'Correct them, or tell the author of the course.',
    diagnostics: diagnostics.map((diagnostic) => ({ ...diagnostic, file: path.join(base, diagnostic.file) })),
  });
}

function findCourse(course: string, cwd: string): string {
  const folder = path.resolve(cwd, course);
  if (isFolder(folder)) {
    if (existsSync(path.join(folder, 'course.yaml'))) return realpathSync(folder);
    throw new TutorError(`There is no course.yaml in ${folder}.`, { next: 'Name the folder that holds course.yaml.' });
  }
  if (/[\\/]/.test(course) && !PACKAGE_PATTERN.test(course)) {
    throw new TutorError(`There is no course folder ${folder}.`, { next: 'Name a folder that holds course.yaml.' });
  }
  if (existsSync(folder))
    throw new TutorError(`${folder} is no folder.`, { next: 'Name a folder that holds course.yaml.' });
  return findPackage(course, cwd);
}

function findPackage(name: string, cwd: string): string {
  if (PACKAGE_PATTERN.test(name)) {
    for (let folder = cwd; ; folder = path.dirname(folder)) {
      const candidate = path.join(folder, 'node_modules', ...name.split('/'));
      if (existsSync(path.join(candidate, 'course.yaml'))) return realpathSync(candidate);
      if (isFolder(candidate)) {
        throw new TutorError(`The package ${name} is no course: there is no course.yaml in ${candidate}.`, {
          next: 'Name a package or a folder that holds course.yaml.',
        });
      }
      if (path.dirname(folder) === folder) break;
    }
  }
  throw new TutorError(`There is neither a folder nor an installed package ${JSON.stringify(name)}.`, {
    next: `Name a folder that holds course.yaml, or install the course first: npm install ${PACKAGE_PATTERN.test(name) ? name : '<package>'}`,
  });
}

function isFolder(folder: string): boolean {
  return statSync(folder, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
