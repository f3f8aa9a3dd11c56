import type { LessonSummary, Track } from '../model/course.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { BASE_LANGUAGE, type Text } from '../model/text.ts';
import { type LessonFile, readLessonFile } from './lesson-file.ts';
import { didYouMean } from './nearest.ts';
import { diagnosticAt, diagnosticOf, type Fault } from './source.ts';
import { filesIn, foldersIn, readSource, type Tree } from './tree.ts';

const FOLDER_PATTERN = /^\d+-([a-z0-9]+(?:-[a-z0-9]+)*)$/;
const FILE_PATTERN = /^(\d+)-([a-z0-9]+(?:-[a-z0-9]+)*)(?:\.([A-Za-z-]+))?\.md$/;

/** A lesson with all of its languages. */
export interface LessonEntry {
  summary: LessonSummary;
  files: Readonly<Record<string, LessonFile>>;
}

/** Reads all lessons below `lessons/`, by the tracks that course.yaml names. */
export async function readLessons(
  tree: Tree,
  plan: { tracks: readonly Omit<Track, 'lessons'>[]; languages: readonly string[] },
): Promise<{ lessons: LessonEntry[]; diagnostics: Diagnostic[] }> {
  const lessons: LessonEntry[] = [];
  const diagnostics: Diagnostic[] = [];
  const ids = plan.tracks.map(({ id }) => id);
  for (const name of foldersIn(tree, 'lessons')) {
    const folder = `lessons/${name}`;
    const track = FOLDER_PATTERN.exec(name)?.[1];
    if (track === undefined || !ids.includes(track)) {
      diagnostics.push(diagnosticOf(folder, folderFault(track, ids)));
      continue;
    }
    const found = await readTrack({ tree, folder, track, languages: plan.languages });
    lessons.push(...found.lessons);
    diagnostics.push(...found.diagnostics);
  }
  return { lessons, diagnostics: [...diagnostics, ...repeatedIds(lessons)] };
}

function folderFault(track: string | undefined, ids: readonly string[]): Fault {
  if (track === undefined)
    return { message: 'not the name of a track folder', fix: 'A number, a hyphen and the id: lessons/01-basics/.' };
  const fix = didYouMean(track, ids) ?? `course.yaml has these: ${ids.join(', ')}.`;
  return { message: `course.yaml has no track \`${track}\``, fix };
}

interface TrackFolder {
  tree: Tree;
  folder: string;
  track: string;
  languages: readonly string[];
}

async function readTrack({
  tree,
  folder,
  track,
  languages,
}: TrackFolder): Promise<{ lessons: LessonEntry[]; diagnostics: Diagnostic[] }> {
  const diagnostics: Diagnostic[] = [];
  const byLesson = new Map<string, { number: number; files: Record<string, LessonFile> }>();
  for (const name of filesIn(tree, folder)) {
    const file = `${folder}/${name}`;
    const [, number = '', id = '', tag = BASE_LANGUAGE] = FILE_PATTERN.exec(name) ?? [];
    if (id === '' || !languages.includes(tag)) {
      const fault =
        id === ''
          ? {
              message: 'not the name of a lesson file',
              fix: 'Number, id and perhaps a language: 03-process-argv.md, 03-process-argv.ur-Latn.md.',
            }
          : {
              message: `course.yaml does not name the language \`${tag}\``,
              fix: `Its languages are ${languages.join(', ')}.`,
            };
      diagnostics.push(diagnosticOf(file, fault));
      continue;
    }
    const read = await readSource(tree, file);
    if ('diagnostic' in read) {
      diagnostics.push(read.diagnostic);
      continue;
    }
    const lesson = readLessonFile(read.source);
    diagnostics.push(...lesson.diagnostics, ...idFault(lesson, id));
    const key = `${number}-${id}`;
    const entry = byLesson.get(key) ?? { number: Number(number), files: {} };
    entry.files[tag] = lesson;
    byLesson.set(key, entry);
  }
  diagnostics.push(...repeatedNumbers(folder, [...byLesson.keys()]));
  const lessons: LessonEntry[] = [];
  for (const [key, { files }] of [...byLesson].sort(([, a], [, b]) => a.number - b.number)) {
    const base = files[BASE_LANGUAGE];
    if (base === undefined) {
      const fault = { message: 'the English lesson is missing', fix: 'Translations stand beside it.' };
      diagnostics.push(diagnosticOf(`${folder}/${key}.md`, fault));
    } else if (base.front !== undefined) lessons.push(toEntry(track, base.front, files));
  }
  return { lessons, diagnostics };
}

/** Lessons are ordered by number, so two of a track cannot share one. `keys` are the files' names without their endings. */
function repeatedNumbers(folder: string, keys: readonly string[]): Diagnostic[] {
  const first = new Map<number, string>();
  return keys.flatMap((key) => {
    const number = Number.parseInt(key, 10);
    const other = first.get(number);
    first.set(number, other ?? key);
    if (other === undefined) return [];
    return [
      diagnosticOf(`${folder}/${key}.md`, {
        message: `${other}.md has the number ${number} too`,
        fix: 'Number the lessons in their order.',
      }),
    ];
  });
}

function toEntry(
  track: string,
  front: NonNullable<LessonFile['front']>,
  files: Record<string, LessonFile>,
): LessonEntry {
  const titles = Object.entries(files).map(([tag, file]) => [tag, file.front?.title ?? front.title] as const);
  const title: Text = titles.length === 1 ? front.title : Object.fromEntries(titles);
  return {
    summary: {
      id: front.id,
      title,
      track,
      files: Object.fromEntries(Object.entries(files).map(([tag, { source }]) => [tag, source.file])),
      exercises: front.exercises ?? [],
      quiz: Object.values(files).some(({ quiz }) => quiz.length > 0),
    },
    files,
  };
}

function idFault({ front, data, source }: LessonFile, id: string): Diagnostic[] {
  if (front === undefined || data === undefined || front.id === id) return [];
  const message = `the id is \`${front.id}\`, the file's name says \`${id}\``;
  return [diagnosticAt(source, data.locate(['id'], 'value'), { message, fix: 'They must be the same.' })];
}

function repeatedIds(lessons: readonly LessonEntry[]): Diagnostic[] {
  const first = new Map<string, string>();
  return lessons.flatMap(({ summary, files }) => {
    const file = files[BASE_LANGUAGE];
    const other = first.get(summary.id);
    if (file?.data === undefined) return [];
    if (other === undefined) {
      first.set(summary.id, file.source.file);
      return [];
    }
    const fault = { message: `${other} has the id \`${summary.id}\` too`, fix: 'Lesson ids are unique in a course.' };
    return [diagnosticAt(file.source, file.data.locate(['id'], 'value'), fault)];
  });
}
