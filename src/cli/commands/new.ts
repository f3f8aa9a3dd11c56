import { existsSync } from 'node:fs';
import path from 'node:path';
import { EXIT, TutorError } from '../../model/error.ts';
import { suggest } from '../../model/suggest.ts';
import type { Command, CommandContext } from '../context.ts';
import { newExercise, newLesson } from '../scaffold/parts.ts';
import { courseFiles, workflowText } from '../scaffold/templates.ts';
import { type Written, writeFiles } from '../scaffold/write.ts';
import { findWorkspace } from '../workspace.ts';

const EXAMPLES = { lesson: 'loops', exercise: 'count-down', course: 'my-course', ci: '' } as const;
type What = keyof typeof EXAMPLES;

/** `new <what> [id]`: files that pass the validation at once. */
export const run: Command = async (context) => {
  const { io, options } = context;
  const what = findWhat(context);
  const { files, backup, next } = await make(context, what);
  if (options.json) {
    io.print(`${JSON.stringify({ schemaVersion: 1, what, files, backup: backup ?? null }, undefined, 2)}\n`);
  } else {
    const lines = files.map((file) => context.say('newMade', { file: path.relative(io.cwd, file) }));
    if (backup !== undefined) lines.push(context.say('replacedUndo'));
    io.print(`${[...lines, next].join('\n')}\n`);
  }
  return EXIT.passed;
};

interface Made extends Written {
  /** What to do with them. */
  next: string;
}

async function make(context: CommandContext, what: What): Promise<Made> {
  const { io, say, options } = context;
  const version = process.env.NODE_TUTOR_VERSION ?? '';
  if (what === 'ci') return newCi(context, version);
  const id = await newId(context, what);
  const part = { id, title: options.title ?? titleOf(id), version };
  if (what === 'course') {
    const written = await writeFiles(context, path.join(io.cwd, id), courseFiles(part, version));
    return { ...written, next: say('newCourseNext', { folder: `./${id}` }) };
  }
  const written = await (what === 'lesson' ? newLesson(context, part) : newExercise(context, part));
  const folder = options.course ?? (path.relative(io.cwd, courseFolderOf(written.files[0] ?? '')) || '.');
  return { ...written, next: say('newPartNext', { id, folder }) };
}

/** The course that a file of `lessons/` or `exercises/` belongs to. */
function courseFolderOf(file: string): string {
  const folder = path.dirname(file);
  if (folder === file || existsSync(path.join(folder, 'course.yaml'))) return folder;
  return courseFolderOf(folder);
}

function findWhat({ arguments: [word = ''], say }: CommandContext): What {
  const kinds = Object.keys(EXAMPLES) as What[];
  const found = kinds.find((kind) => kind === word);
  if (found !== undefined) return found;
  const near = suggest(word, kinds);
  const next = near.length === 0 ? say('newWhatNext') : `Did you mean ${near.join(' or ')}? ${say('newWhatNext')}`;
  throw new TutorError(say('newWhat', { what: word }), { next });
}

async function newId({ arguments: [, id], say }: CommandContext, what: What): Promise<string> {
  const example = EXAMPLES[what];
  if (id === undefined) {
    throw new TutorError(say('newNeedsId', { what }), { next: say('newNeedsIdNext', { what, example }) });
  }
  const { ID_PATTERN } = await import('../../course/schema/basics.ts');
  if (ID_PATTERN.test(id) && id.length <= 60) return id;
  throw new TutorError(say('newBadId', { id }), { next: say('newBadIdNext', { example }) });
}

/** `count-down`: `Count down`. */
function titleOf(id: string): string {
  const words = id.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** The workflow lies at the root of the repository, and grades the workspace in it. */
async function newCi(context: CommandContext, version: string): Promise<Made> {
  const { io, options, say } = context;
  const root = repositoryRoot(io.cwd);
  const workspace = findWorkspace({ dir: options.dir, cwd: io.cwd });
  const course = inside(root, workspace?.course.reference);
  const text = workflowText({
    folder: inside(root, workspace?.folder) ?? '.',
    version,
    ...(course !== undefined && { course }),
  });
  const written = await writeFiles(context, root, { '.github/workflows/node-tutor.yml': text });
  return { ...written, next: say('newCiNext') };
}

function repositoryRoot(cwd: string): string {
  for (let folder = cwd; ; folder = path.dirname(folder)) {
    if (existsSync(path.join(folder, '.git'))) return folder;
    if (folder === path.dirname(folder)) return cwd;
  }
}

/** A folder of the repository as a path from its root; undefined when it lies elsewhere. */
function inside(root: string, folder: string | undefined): string | undefined {
  if (folder === undefined) return undefined;
  const relative = path.relative(root, folder);
  if (relative === '') return '.';
  return relative.startsWith('..') || path.isAbsolute(relative) ? undefined : `./${relative.replaceAll(path.sep, '/')}`;
}
