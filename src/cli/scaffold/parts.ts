import { existsSync, readdirSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { findById } from '../../course/find.ts';
import { findLesson } from '../../course/lesson.ts';
import { openCourse } from '../../course/open.ts';
import type { Course } from '../../model/course.ts';
import { TutorError } from '../../model/error.ts';
import { BASE_LANGUAGE } from '../../model/text.ts';
import type { CommandContext } from '../context.ts';
import { exerciseFiles, lessonText } from './templates.ts';
import { type Written, writeFiles } from './write.ts';

/** What is to be made. */
export interface NewPart {
  id: string;
  title: string;
  version: string;
}

/**
 * Adds a lesson to the course that one is in, at the end of a track.
 * @returns the files written, absolute
 * @throws {TutorError} when there is no course, or it has such a lesson
 */
export async function newLesson(context: CommandContext, part: NewPart): Promise<Written> {
  const { options, say } = context;
  const { course, tracks } = await courseHere(context);
  const { index, folder } = course;
  const track =
    options.track === undefined ? (index.tracks.at(-1)?.id ?? tracks[0] ?? '') : trackNamed(tracks, options.track);
  const isTaken = index.tracks.some(({ lessons }) => lessons.some(({ id }) => id === part.id));
  if (isTaken && !options.force) {
    throw new TutorError(say('newTakenLesson', { lesson: part.id }), { next: say('newTakenLessonNext') });
  }
  const parent = numbered(path.join(folder, 'lessons'), track, tracks.indexOf(track) + 1);
  const name = `${numbered(path.join(folder, 'lessons', parent), part.id)}.md`;
  return writeFiles(context, folder, { [`lessons/${parent}/${name}`]: lessonText(part) });
}

/**
 * Adds an exercise to the course that one is in, and lists it in a lesson: the one of `--lesson`, else the last.
 * @throws {TutorError} when there is no course or no lesson, or it has such an exercise
 */
export async function newExercise(context: CommandContext, part: NewPart): Promise<Written> {
  const { options, say } = context;
  const { course } = await courseHere(context);
  const { index, folder } = course;
  const last = index.tracks.flatMap(({ lessons }) => lessons).at(-1);
  const lesson = options.lesson === undefined ? last : findLesson(course, options.lesson);
  if (lesson === undefined) throw new TutorError(say('newNoLesson'), { next: say('newNoLessonNext') });
  const written = await writeFiles(context, folder, exerciseFiles(part, part.version));
  if (index.exercises.some(({ id }) => id === part.id)) return written;
  const file = path.join(folder, ...(lesson.files[BASE_LANGUAGE] ?? '').split('/'));
  await writeFile(file, withExercise(await readFile(file, 'utf8'), part.id));
  return { ...written, files: [...written.files, file] };
}

/** A lesson's text with one more exercise in its front matter. */
function withExercise(text: string, id: string): string {
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  const [, start = '', front = '', rest = ''] = /^(---\r?\n)([\s\S]*?\r?\n)(---[\s\S]*)$/.exec(text) ?? [];
  const inline = /^exercises:[ \t]*\[([^\]]*)\]/m.exec(front);
  if (inline !== null) {
    const ids = (inline[1] ?? '').split(',').map((each) => each.trim());
    const list = [...ids.filter((each) => each !== ''), id].join(', ');
    return start + front.replace(inline[0], `exercises: [${list}]`) + rest;
  }
  const block = /^exercises:[ \t]*\r?\n(?:([ \t]*)- .*\r?\n)+/m.exec(front);
  if (block !== null) {
    return start + front.replace(block[0], `${block[0]}${block[1] ?? ''}- ${id}${newline}`) + rest;
  }
  return `${start}${front}exercises: [${id}]${newline}${rest}`;
}

interface CourseHere {
  course: Course;
  /** Ids of all tracks, those without a lesson too. */
  tracks: readonly string[];
}

/** The course that `--course` names or that one is in. */
async function courseHere({ options, io, say, packageRoot }: CommandContext): Promise<CourseHere> {
  const reference = options.course ?? folderAbove(io.cwd);
  if (reference === undefined) throw new TutorError(say('newNoCourse'), { next: say('newNoCourseNext') });
  const course = await openCourse({ cwd: io.cwd, packageRoot, course: reference });
  const { parse } = await import('yaml');
  const manifest: { tracks: { id: string }[] } = parse(await readFile(path.join(course.folder, 'course.yaml'), 'utf8'));
  return { course, tracks: manifest.tracks.map(({ id }) => id) };
}

function folderAbove(cwd: string): string | undefined {
  for (let folder = cwd; ; folder = path.dirname(folder)) {
    if (existsSync(path.join(folder, 'course.yaml'))) return folder;
    if (folder === path.dirname(folder)) return undefined;
  }
}

function trackNamed(tracks: readonly string[], id: string): string {
  return findById(
    tracks.map((track) => ({ id: track })),
    id,
    'track',
  ).id;
}

/** `03-name`: as it stands in the folder already, else with this number or the next one. */
function numbered(folder: string, name: string, number?: number): string {
  const names = existsSync(folder) ? readdirSync(folder) : [];
  const found = names.find((each) => each.replace(/^\d+-/, '') === name);
  if (found !== undefined) return found;
  const last = Math.max(0, ...names.map((each) => Number(/^(\d+)-/.exec(each)?.[1] ?? 0)));
  return `${String(number ?? last + 1).padStart(2, '0')}-${name}`;
}
