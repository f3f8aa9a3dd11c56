import { openCourse } from '../course/open.ts';
import type { Course } from '../model/course.ts';
import { TutorError } from '../model/error.ts';
import { suggest } from '../model/suggest.ts';
import { BASE_LANGUAGE } from '../model/text.ts';
import { createTheme, describeTerminal, type Theme } from '../ui/theme.ts';
import type { CommandContext, Io, Options } from './context.ts';
import type { CommandName } from './contract.ts';
import { asTyped } from './invocation.ts';
import { cliMessages } from './messages.ts';
import type { Parsed } from './program.ts';
import { findWorkspace } from './workspace.ts';

interface ContextRequest {
  parsed: Extract<Parsed, { kind: 'run' }>;
  io: Io;
  packageRoot: string;
  signal: AbortSignal;
}

/** What a command is given; the course and the theme are opened when they are first asked for. */
export function makeContext({ parsed, io, packageRoot, signal }: ContextRequest): CommandContext {
  const { options } = parsed;
  const language = options.lang ?? io.env.NODE_TUTOR_LANG ?? BASE_LANGUAGE;
  const { stdout } = process;
  const typed = (text: string) => asTyped(text, io.env);
  let themed: { columns: number; theme: Promise<Theme> } | undefined;
  let course: Promise<Course> | undefined;
  return {
    io,
    options,
    arguments: parsed.arguments,
    rest: parsed.rest,
    packageRoot,
    signal,
    language,
    say: cliMessages(language, typed),
    typed,
    theme() {
      const source = { stream: stdout, env: io.env, noColor: !options.color, platform: process.platform };
      const terminal = describeTerminal(source);
      if (themed?.columns !== terminal.columns) themed = { columns: terminal.columns, theme: createTheme(terminal) };
      return themed.theme;
    },
    course() {
      const reference = options.course ?? (GRADERS.includes(parsed.command) ? undefined : ownCourse(options, io));
      course ??= openCourse({ cwd: io.cwd, packageRoot, ...(reference !== undefined && { course: reference }) }).then(
        (opened) => checkLanguage(opened, language),
      );
      return course;
    },
  };
}

/** These judge others' work, so what a workspace says of itself, which may be a submission, does not choose their course. */
const GRADERS: readonly CommandName[] = ['grade', 'audit'];

/** The course that the workspace was started with; undefined for the built-in one. */
function ownCourse({ dir }: Options, { cwd }: Io): string | undefined {
  return findWorkspace({ dir, cwd })?.course.reference;
}

function checkLanguage(course: Course, language: string): Course {
  const { languages, id } = course.index;
  if (languages.includes(language) || languages.includes(language.split('-')[0] ?? '')) return course;
  const near = suggest(language, languages);
  throw new TutorError(`The course "${id}" is not written in "${language}".`, {
    next: `Its languages: ${(near.length > 0 ? near : languages).join(', ')}`,
  });
}
