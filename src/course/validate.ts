import { readFile, realpath } from 'node:fs/promises';
import path from 'node:path';
import type { CourseIndex, Exercise, ExerciseSummary, LessonSummary, Track } from '../model/course.ts';
import { FORMAT_VERSION } from '../model/course.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import { BASE_LANGUAGE } from '../model/text.ts';
import { sortDiagnostics } from './diagnostics.ts';
import { type GlossaryFile, readGlossaries } from './glossary-file.ts';
import { courseName } from './hand-out.ts';
import { findingsOf, toDiagnostics } from './issues.ts';
import { type LessonEntry, readLessons } from './lessons.ts';
import { brokenLinks } from './link-check.ts';
import { type ReadExercise, readExercise } from './manifest.ts';
import { didYouMean } from './nearest.ts';
import { mapOf } from './raw.ts';
import { type CourseManifest, courseSchema } from './schema/course-schema.ts';
import { diagnosticAt, diagnosticOf, type Fault, type Source } from './source.ts';
import { foldersIn, readSource, type Tree, walkTree } from './tree.ts';
import { parseYaml, type YamlData } from './yaml.ts';

/** A whole course, read; `index` is absent when there is any diagnostic. */
export interface ValidatedCourse {
  index?: CourseIndex;
  exercises: Exercise[];
  lessons: LessonEntry[];
  /** By language tag. */
  glossary: Readonly<Record<string, GlossaryFile>>;
  /** All faults of all files, by file and place. */
  diagnostics: Diagnostic[];
}

/** Reads all of a course as hostile input and collects every fault. Throws only when the folder itself cannot be read. */
export async function validateCourse(folder: string): Promise<ValidatedCourse> {
  const root = await realpath(folder);
  const { tree, diagnostics } = await walkTree(root, ['course.yaml', 'lessons', 'exercises']);
  diagnostics.push(...lostFiles(tree));
  const course = await readCourseFile(tree);
  diagnostics.push(...course.diagnostics);

  const exercises = new Map<string, Manifest>();
  for (const name of foldersIn(tree, 'exercises')) {
    const read = await readExerciseIn(tree, name);
    exercises.set(name, read);
    diagnostics.push(...read.diagnostics);
  }
  const { manifest } = course;
  if (manifest === undefined) {
    return { exercises: [], lessons: [], glossary: {}, diagnostics: sortDiagnostics(diagnostics) };
  }

  const { lessons, diagnostics: lessonFaults } = await readLessons(tree, manifest);
  const { files: glossary, diagnostics: glossaryFaults } = await readGlossaries(tree, manifest.languages);
  const texts = [...lessons.flatMap(({ files }) => Object.values(files)), ...Object.values(glossary)];
  diagnostics.push(...lessonFaults, ...listings(lessons, exercises), ...glossaryFaults);
  diagnostics.push(...(await brokenLinks(tree, texts)));
  const valid = [...exercises.values()].flatMap(({ exercise }) => exercise ?? []);
  const result = { exercises: valid, lessons, glossary, diagnostics: sortDiagnostics(diagnostics) };
  return diagnostics.length > 0 ? result : { ...result, index: toIndex(manifest, result) };
}

function lostFiles(tree: Tree): Diagnostic[] {
  return [...tree.files.keys()].flatMap((file) => {
    const name = path.posix.basename(courseName(file));
    if (courseName(file) === file) return [];
    const fix = `Call it ${name}; learners get it as ${path.posix.basename(file)}.`;
    return [diagnosticOf(file, { message: 'npm leaves this file out of a package', fix })];
  });
}

/** A read manifest and the source it came from; no source when the file could not be read. */
export interface Manifest extends ReadExercise {
  source?: Source;
}

/** Reads `exercises/<name>/exercise.yaml` of a walked tree. */
export async function readExerciseIn(tree: Tree, name: string): Promise<Manifest> {
  const folder = `exercises/${name}`;
  const read = await readSource(tree, `${folder}/exercise.yaml`);
  if ('diagnostic' in read) return { diagnostics: [read.diagnostic] };
  const has = (file: string) => tree.files.has(`${folder}/${file}`) || tree.folders.has(`${folder}/${file}`);
  const found = await readExercise(read.source, {
    name,
    has,
    wrong: foldersIn(tree, `${folder}/wrong`),
    hasMain: async (inner) => {
      const text = await readFile(path.join(tree.root, folder, inner, 'package.json'), 'utf8').catch(() => '{}');
      const main = mainOf(text);
      return main !== undefined && has(path.posix.join(inner, main));
    },
  });
  return { ...found, source: read.source };
}

function mainOf(packageJson: string): string | undefined {
  try {
    const { main } = mapOf(JSON.parse(packageJson));
    return typeof main === 'string' ? main : undefined;
  } catch {
    return undefined;
  }
}

interface CourseFile {
  manifest?: CourseManifest & { version: string };
  diagnostics: Diagnostic[];
}

async function readCourseFile(tree: Tree): Promise<CourseFile> {
  const read = await readSource(tree, 'course.yaml');
  if ('diagnostic' in read) return { diagnostics: [read.diagnostic] };
  const { source } = read;
  const { data, diagnostics } = parseYaml(source);
  if (data === undefined) return { diagnostics };
  const parsed = courseSchema.safeParse(data.value);
  if (!parsed.success) {
    return {
      diagnostics: [...diagnostics, ...toDiagnostics(source, data, findingsOf(parsed.error.issues, data.value))],
    };
  }
  const manifest = parsed.data;
  const faults = courseFaults(source, data, manifest);
  const version = manifest.version ?? (await packageVersion(tree.root));
  if (version === undefined) {
    const fault = {
      message: '`version` is missing',
      fix: 'Write `version: "1.0.0"`, or put a package.json beside course.yaml.',
    };
    faults.push(diagnosticAt(source, data.locate([], 'key'), fault));
  }
  return { manifest: { ...manifest, version: version ?? '0.0.0' }, diagnostics: [...diagnostics, ...faults] };
}

function courseFaults(source: Source, data: YamlData, { tracks, languages }: CourseManifest): Diagnostic[] {
  const ids = tracks.map(({ id }) => id);
  const repeated = ids.flatMap((id, index) =>
    ids.indexOf(id) < index ? [{ path: ['tracks', index, 'id'], message: `another track has the id \`${id}\`` }] : [],
  );
  const english = languages.includes(BASE_LANGUAGE)
    ? []
    : [{ path: ['languages'], message: 'English is missing', fix: 'Add `en`: every text exists in English.' }];
  return toDiagnostics(source, data, [...repeated, ...english]);
}

async function packageVersion(root: string): Promise<string | undefined> {
  try {
    const { version } = mapOf(JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8')));
    return typeof version === 'string' && version.length < 60 ? version : undefined;
  } catch {
    return undefined;
  }
}

/** Every exercise is listed by exactly one lesson, and every listed exercise exists. */
function listings(lessons: readonly LessonEntry[], exercises: ReadonlyMap<string, Manifest>): Diagnostic[] {
  const listedBy = new Map<string, string>();
  const diagnostics: Diagnostic[] = [];
  for (const { files } of lessons) {
    for (const [tag, file] of Object.entries(files)) {
      for (const [index, id] of (file.front?.exercises ?? []).entries()) {
        const fault = listingFault({ id, exercises, other: tag === BASE_LANGUAGE ? listedBy.get(id) : undefined });
        const range = file.data?.locate(['exercises', index], 'value');
        if (fault !== undefined && range !== undefined) diagnostics.push(diagnosticAt(file.source, range, fault));
        if (tag === BASE_LANGUAGE) listedBy.set(id, file.source.file);
      }
    }
  }
  const unlisted = [...exercises].filter(([id]) => !listedBy.has(id));
  return [...diagnostics, ...unlisted.map(([id, manifest]) => unlistedFault(id, manifest))];
}

function listingFault(listing: {
  id: string;
  exercises: ReadonlyMap<string, Manifest>;
  other: string | undefined;
}): Fault | undefined {
  const { id, exercises, other } = listing;
  if (!exercises.has(id)) {
    return {
      message: `there is no folder exercises/${id}/`,
      fix: didYouMean(id, exercises.keys()) ?? 'Write the exercise, or take it out of the list.',
    };
  }
  if (other === undefined) return undefined;
  return { message: `${other} lists \`${id}\` too`, fix: 'An exercise belongs to one lesson.' };
}

function unlistedFault(id: string, { data, source }: Manifest): Diagnostic {
  const fault = {
    message: `no lesson lists the exercise \`${id}\``,
    fix: 'Add it to `exercises` in the front matter of its lesson.',
  };
  if (source === undefined || data === undefined) return diagnosticOf(`exercises/${id}`, fault);
  return diagnosticAt(source, data.locate(['id'], 'value'), fault);
}

function toIndex(
  manifest: CourseManifest & { version: string },
  { lessons, exercises, glossary }: Pick<ValidatedCourse, 'lessons' | 'exercises' | 'glossary'>,
): CourseIndex {
  const { id, version, title, languages } = manifest;
  const tracks: Track[] = manifest.tracks
    .map(({ id: track, title: name, summary }) => ({
      id: track,
      title: name,
      ...(summary !== undefined && { summary }),
      lessons: lessons.flatMap((lesson) => (lesson.summary.track === track ? [lesson.summary] : [])),
    }))
    .filter((track) => track.lessons.length > 0);
  const summaries = tracks.flatMap((track) =>
    track.lessons.flatMap((lesson) => lesson.exercises.flatMap((exercise) => summarize(exercises, exercise, lesson))),
  );
  const index: CourseIndex = {
    formatVersion: FORMAT_VERSION,
    id,
    version,
    title,
    languages,
    tracks,
    exercises: summaries,
  };
  const files = Object.entries(glossary).map(([tag, { source }]) => [tag, source.file] as const);
  return files.length === 0 ? index : { ...index, glossary: Object.fromEntries(files) };
}

function summarize(exercises: readonly Exercise[], id: string, lesson: LessonSummary): ExerciseSummary[] {
  const exercise = exercises.find((candidate) => candidate.id === id);
  if (exercise === undefined) return [];
  const { title, checks } = exercise;
  const points = checks.reduce((sum, check) => sum + check.points, 0);
  return [{ id, title, track: lesson.track, lesson: lesson.id, points, checks: checks.length }];
}
