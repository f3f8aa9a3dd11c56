import * as z from 'zod';
import type { Part, PartKind } from '../../model/course.ts';
import { shape } from './basics.ts';
import { files } from './files-part.ts';
import { html } from './html-part.ts';
import { http } from './http-part.ts';
import { modulePart } from './module-part.ts';
import { npmPart } from './npm-part.ts';
import { template, templates, textMatcher } from './template.ts';
import { workInputKeys } from './work-inputs.ts';

const program = shape('a program check', {
  ...workInputKeys,
  args: template
    .exactOptional()
    .meta({ description: 'Command-line arguments: a list, or a template that yields one.' }),
  stdin: template.exactOptional().meta({ description: 'What the program can read on standard input.' }),
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
});

/** The check kinds: what each may say in a manifest. A new kind is one entry here and one evaluator. */
export const PART_SCHEMAS = {
  program: program.meta({ description: 'Runs the program and looks at what it prints and how it ends.' }),
  module: modulePart.meta({ description: 'Imports the code and uses its exports, step by step.' }),
  http: http.meta({ description: 'Sends one request, or several in turn, to the running server.' }),
  html: html.meta({ description: 'Opens pages, follows links and sends forms, as a browser without scripts.' }),
  npm: npmPart.meta({ description: 'Looks at package.json, and runs npm, node and git for real, offline.' }),
  files: files.meta({ description: 'Looks at the work folder after the run of this check.' }),
} satisfies { [Kind in PartKind]: z.ZodType<Extract<Part, { kind: Kind }>['spec']> };

export const PART_KINDS = Object.keys(PART_SCHEMAS) as PartKind[];
