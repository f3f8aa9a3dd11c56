import type { LessonSummary } from '../model/course.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { Example, Lesson, Question } from '../model/lesson.ts';
import { findingsOf, toDiagnostics } from './issues.ts';
import type { Link } from './links.ts';
import { readMarkdown } from './markdown.ts';
import { lessonSchema } from './schema/lesson-schema.ts';
import { diagnosticAt, type Range, type Source } from './source.ts';
import { parseYaml, type YamlData } from './yaml.ts';

/** What came of one lesson file. */
export interface LessonFile {
  source: Source;
  front?: { id: string; title: string; exercises?: string[] };
  /** The front matter's data, for places. */
  data?: YamlData;
  body: string;
  examples: readonly Example[];
  quiz: readonly Question[];
  links: readonly Link[];
  anchors: readonly string[];
  diagnostics: Diagnostic[];
}

/** Reads and validates one lesson file. */
export function readLessonFile(source: Source): LessonFile {
  const parts = splitFrontMatter(source);
  const { diagnostics, ...markdown } = readMarkdown(source, parts.body);
  if (parts.front === undefined) {
    const fault = {
      message: 'the front matter is missing',
      fix: 'Begin with `---`, then id, title and exercises, then `---`.',
    };
    diagnostics.unshift(diagnosticAt(source, { start: 0, end: Math.max(1, source.text.indexOf('\n')) }, fault));
    return { source, ...markdown, diagnostics };
  }
  const yaml = parseYaml(source, parts.front);
  diagnostics.push(...yaml.diagnostics);
  if (yaml.data === undefined) return { source, ...markdown, diagnostics };
  const parsed = lessonSchema.safeParse(yaml.data.value);
  if (parsed.success)
    return {
      source,
      front: parsed.data as NonNullable<LessonFile['front']>,
      data: yaml.data,
      ...markdown,
      diagnostics,
    };
  diagnostics.push(...toDiagnostics(source, yaml.data, findingsOf(parsed.error.issues, yaml.data.value)));
  return { source, data: yaml.data, ...markdown, diagnostics };
}

/** One file as the lesson of a track; `exercises` come from the English file. */
export function toLesson(file: LessonFile, { id, track, exercises }: LessonSummary): Lesson {
  const { body, examples, quiz } = file;
  return { id, title: file.front?.title ?? id, track, exercises, body, examples, quiz };
}

function splitFrontMatter(source: Source): { front?: Range; body: Range } {
  const { text } = source;
  const end = text.length;
  if (!text.startsWith('---\n')) return { body: { start: 0, end } };
  const close = /\n---[ \t]*(\n|$)/.exec(text.slice(3));
  if (close === null) return { body: { start: 0, end } };
  const closeAt = close.index + 3;
  return { front: { start: 4, end: Math.max(4, closeAt + 1) }, body: { start: closeAt + close[0].length, end } };
}
