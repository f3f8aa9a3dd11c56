import { realpathSync } from 'node:fs';
import type { Course, LessonSummary, Track } from '../model/course.ts';
import type { Lesson } from '../model/lesson.ts';
import { pickText } from '../model/text.ts';
import { findById } from './find.ts';
import { courseError, readBuilt } from './open.ts';

/** @throws {TutorError} with the nearest ids when there is none with this id */
export function findLesson({ index }: Course, id: string): LessonSummary {
  return findById(
    index.tracks.flatMap(({ lessons }) => lessons),
    id,
    'lesson',
  );
}

/** @throws {TutorError} with the nearest ids when there is none with this id */
export function findTrack({ index }: Course, id: string): Track {
  return findById(index.tracks, id, 'track');
}

/**
 * A lesson in a language, or in the nearest that there is.
 * @throws {TutorError} when there is none with this id, or its file has faults
 */
export async function loadLesson({
  course,
  id,
  language,
}: {
  course: Course;
  id: string;
  language: string;
}): Promise<Lesson> {
  const summary = findLesson(course, id);
  const tag = pickText(Object.fromEntries(Object.keys(summary.files).map((each) => [each, each])), language);
  if (course.builtIn) return readBuilt(course.folder, `lessons/${summary.id}.${tag}.json`) as Lesson;
  const file = summary.files[tag] ?? '';
  const [{ walkTree, readSource }, { readLessonFile, toLesson }] = await Promise.all([
    import('./tree.ts'),
    import('./lesson-file.ts'),
  ]);
  const { tree, diagnostics } = await walkTree(realpathSync(course.folder), [file]);
  const read = await readSource(tree, file);
  if ('diagnostic' in read) throw courseError(course.folder, process.cwd(), [...diagnostics, read.diagnostic]);
  const lesson = readLessonFile(read.source);
  if (lesson.diagnostics.length > 0) throw courseError(course.folder, process.cwd(), lesson.diagnostics);
  return toLesson(lesson, summary);
}
