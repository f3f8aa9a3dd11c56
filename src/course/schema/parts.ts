import * as z from 'zod';
import type { Part, PartKind, ProgramSpec, Template } from '../../model/course.ts';
import { schemaMessage } from '../issues.ts';
import { innerPath, shape, size } from './basics.ts';
import { files } from './files-part.ts';
import { html } from './html-part.ts';
import { http } from './http-part.ts';
import { textMatcher } from './matchers.ts';
import { modulePart } from './module-part.ts';
import { mongo } from './mongo-part.ts';
import { nginxPart } from './nginx-part.ts';
import { nodeArgument } from './node-argument.ts';
import { npmPart, watchPart } from './npm-part.ts';
import { requests } from './services.ts';
import { template, templates } from './template.ts';
import { workInputKeys, workPath } from './work-inputs.ts';

const stdinFile = shape('`stdin`', {
  file: workPath.meta({ description: 'A file of the submission.' }),
});

const program = shape('a program check', {
  ...workInputKeys,
  args: template
    .exactOptional()
    .meta({ description: 'Command-line arguments: a list, or a template that yields one.' }),
  stdin: z
    .union([stdinFile, template])
    .exactOptional()
    .meta({ description: 'What the program can read on standard input: a text, or `{ file: … }` of the submission.' }),
  nodeArgs: z
    .array(nodeArgument)
    .exactOptional()
    .meta({ description: 'Options for node itself; with `-i` its prompt reads stdin and the entry is not run.' }),
  env: templates.exactOptional().meta({ description: 'Environment variables besides the usual ones.' }),
  nodeVersion: template.exactOptional().meta({
    description: 'The version that process.version tells (without the `v`), so that a hard-coded one fails.',
  }),
  stdout: textMatcher.exactOptional().meta({ description: 'What it must print.' }),
  stderr: textMatcher.exactOptional().meta({ description: 'What it must print on standard error.' }),
  exitCode: z
    .union([z.int().min(0).max(255), z.literal('nonzero'), z.literal('any')])
    .default(0)
    .meta({ description: 'Exit code; `nonzero` leaves the number open, `any` does not look. Default 0.' }),
  peakMemory: size.exactOptional().meta({
    description: 'Most memory that it may have at any moment (resident set), such as 130MB.',
  }),
}).transform(({ stdin, ...keys }): ProgramSpec => {
  if (stdin === undefined) return keys;
  return isStdinFile(stdin) ? { ...keys, stdinFile: stdin.file } : { ...keys, stdin };
});

function isStdinFile(stdin: z.output<typeof stdinFile> | Template): stdin is z.output<typeof stdinFile> {
  return stdinFile.safeParse(stdin).success;
}

const SCRIPT_PATTERN = /^checks\/.+\.[cm]?js$/;
const script = shape('a script check', {
  file: innerPath
    .regex(SCRIPT_PATTERN, {
      error: schemaMessage(
        'not a script of this exercise',
        "A file below the exercise's folder checks/: `checks/a.mjs`.",
      ),
    })
    .meta({ description: "The program, below the exercise's folder checks/." }),
  args: template.exactOptional().meta({ description: 'Its arguments: a list, or a template that yields one.' }),
});

/** The check kinds: what each may say in a manifest. A new kind is one entry here and one evaluator. */
export const PART_SCHEMAS = {
  program: program.meta({ description: 'Runs the program and looks at what it prints and how it ends.' }),
  module: modulePart.meta({ description: 'Imports the code and uses its exports, step by step.' }),
  http: http.meta({ description: 'Sends one request, or several in turn, to the running server.' }),
  html: html.meta({ description: 'Opens pages, follows links and sends forms, as a browser without scripts.' }),
  watch: watchPart.meta({
    description: 'Starts a command, saves files while it runs, and looks at what it prints then.',
  }),
  npm: npmPart.meta({ description: 'Looks at package.json, and runs npm, node and git for real, offline.' }),
  mongo: mongo.meta({ description: 'Looks at the documents in the database of the run.' }),
  nginx: nginxPart.meta({
    description: "Runs the real nginx with the learner's configuration, in front of the server.",
  }),
  files: files.meta({ description: 'Looks at the work folder after the run of this check.' }),
  requests: requests.meta({ description: 'Looks at the requests that the services got, by name of the service.' }),
  script: script.meta({ description: "Runs a program of the course's own, which looks and answers in JSON." }),
} satisfies { [Kind in PartKind]: z.ZodType<Extract<Part, { kind: Kind }>['spec']> };

export const PART_KINDS = Object.keys(PART_SCHEMAS) as PartKind[];
