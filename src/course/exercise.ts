import { realpathSync } from 'node:fs';
import path from 'node:path';
import type { Course, Exercise, ExerciseSummary } from '../model/course.ts';
import { findById } from './find.ts';
import { courseError, readBuilt } from './open.ts';

/** @throws {TutorError} with the nearest ids when there is none with this id */
export function findExercise({ index }: Course, id: string): ExerciseSummary {
  return findById(index.exercises, id, 'exercise');
}

/** Absolute folder of an exercise. @throws {TutorError} when there is none with this id */
export function exerciseFolder(course: Course, id: string): string {
  return path.join(course.folder, 'exercises', findExercise(course, id).id);
}

/**
 * An exercise of an opened course: the built-in course's as the build made it, any other's read and validated afresh.
 * @throws {TutorError} when there is none with this id, or its manifest has faults
 */
export async function loadExercise(course: Course, id: string): Promise<Exercise> {
  const { id: known } = findExercise(course, id);
  if (course.builtIn) return readBuilt(course.folder, `exercises/${known}.json`) as Exercise;
  const [{ walkTree }, { readExerciseIn }] = await Promise.all([import('./tree.ts'), import('./validate.ts')]);
  const { tree, diagnostics } = await walkTree(realpathSync(course.folder), [`exercises/${known}`]);
  const read = await readExerciseIn(tree, known);
  if (read.exercise !== undefined && diagnostics.length === 0) return read.exercise;
  throw courseError(course.folder, process.cwd(), [...diagnostics, ...read.diagnostics]);
}
