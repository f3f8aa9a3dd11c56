import * as z from 'zod';
import { schemaMessage } from '../issues.ts';
import { formatVersion, id, innerPath, oneOrMore, shape, size, text, time } from './basics.ts';
import { given } from './given.ts';
import { database } from './mongo-part.ts';
import { nodeArgument } from './node-argument.ts';
import { PART_KINDS, PART_SCHEMAS } from './parts.ts';
import { services } from './services.ts';
import { template } from './template.ts';
import { workInputKeys } from './work-inputs.ts';

/** Entry files looked for when a manifest names none. */
export const DEFAULT_ENTRIES = [
  'index.js',
  'app.js',
  'main.js',
  'index.mjs',
  'app.mjs',
  'main.mjs',
  'index.cjs',
  'app.cjs',
  'main.cjs',
];

const PACKAGE_PATTERN = /^(@[a-z0-9][a-z0-9._-]*\/)?[a-z0-9][a-z0-9._-]*(@\d+\.\d+\.\d+)?$/;
const packageName = z
  .string()
  .max(214)
  .regex(PACKAGE_PATTERN, {
    error: schemaMessage(
      'not the name of an npm package',
      'Such as `express`, or `multer@2.0.2` for one that is installed on demand in just this version.',
    ),
  });

const GIVEN_PATTERN = /^[a-z][A-Za-z0-9_]*$/;
const givenName = z
  .string()
  .max(40)
  .regex(GIVEN_PATTERN, {
    error: schemaMessage(
      'not a name that templates can use',
      'A small letter first, then letters and digits: `firstName`.',
    ),
  });

const limits = shape('the limits', {
  time: time.exactOptional().meta({ description: 'Wall clock of one run, such as 5s.' }),
  output: size.exactOptional().meta({ description: 'What it may print, such as 1MB.' }),
  heap: size.exactOptional().meta({ description: 'JavaScript heap, such as 256MB.' }),
  memory: size.exactOptional().meta({ description: 'All memory, such as 512MB.' }),
  processes: z.int().min(1).max(512).exactOptional().meta({ description: 'Processes and threads.' }),
  fileSize: size.exactOptional().meta({ description: 'Size of one file that it writes, such as 10MB.' }),
  disk: size.exactOptional().meta({ description: 'All that it writes together, such as 100MB.' }),
});

const runKind = z.enum(['program', 'server']);
/** Not NODE_OPTIONS and the like, which would change the run itself. */
const environmentName = z.string().regex(/^(?!NODE_)[A-Z][A-Z0-9_]{0,60}$/, {
  error: schemaMessage('not the name of an environment variable', 'Such as `JWT_SECRET`; names of NODE_ are taken.'),
});

const runKeys = shape('`run`', {
  kind: runKind.default('program').meta({ description: 'program: anew for each check; server: once for all of them.' }),
  nodeArgs: z.array(nodeArgument).default([]).meta({ description: 'Options for node itself.' }),
  env: z
    .record(environmentName, template)
    .default({})
    .meta({ description: 'Environment variables that every run finds, also one with `node-tutor run`.' }),
  certificate: z
    .boolean()
    .default(false)
    .meta({ description: 'Every run finds key.pem and cert.pem for localhost; requests go over TLS.' }),
  limits: limits.default({}).meta({ description: 'Caps that differ from the usual ones.' }),
  grants: z
    .array(z.enum(['workers', 'children']))
    .default([])
    .meta({ description: 'What the subject needs beyond plain code: worker threads, child processes.' }),
});
const run = z.union([runKind.transform((kind) => runKeys.parse({ kind })), runKeys]);

const hints = z
  .array(text, {
    error: schemaMessage('`hints` is missing', 'Write one to three hints: a nudge, the concept, nearly the line.'),
  })
  .min(1, { error: schemaMessage('there is no hint', 'Write one to three: a nudge, the concept, nearly the line.') })
  .max(3, {
    error: schemaMessage('there are more than three hints', 'Three tiers: a nudge, the concept, nearly the line.'),
  });

const partKeys = Object.fromEntries(
  Object.entries(PART_SCHEMAS).map(([kind, schema]) => [kind, schema.exactOptional()]),
) as { [Kind in keyof typeof PART_SCHEMAS]: z.ZodExactOptional<(typeof PART_SCHEMAS)[Kind]> };

const check = shape('a check', {
  id: id.meta({ description: 'Unique in the exercise.' }),
  title: text.meta({ description: 'What the check wants, as the end of "The program …".' }),
  after: id.exactOptional().meta({ description: 'Id of an earlier check; skipped when that one failed.' }),
  points: z.number().min(0).max(1_000).default(1).meta({ description: 'Default 1.' }),
  start: shape('the start of a server', workInputKeys)
    .exactOptional()
    .meta({ description: 'The server is started anew for this check, with these files and in this folder.' }),
  ...partKeys,
  hints: hints.meta({ description: 'One to three, from a nudge to nearly the line.' }),
}).refine((keys) => PART_KINDS.some((kind) => kind in keys), {
  error: schemaMessage('the check looks at nothing', `Give it one of: ${PART_KINDS.join(', ')}.`),
});

const wrong = shape('a wrong solution', {
  fails: id.meta({ description: 'Id of the check at which it must fail first.' }),
  cause: id.exactOptional().meta({ description: 'Name of the cause that the learner must be shown.' }),
});

/** `exercise.yaml`. */
export const exerciseSchema = shape('an exercise', {
  formatVersion,
  id: id.meta({ description: "The folder's name." }),
  title: text.meta({ description: 'One line, as an order: "Add the numbers on the command line".' }),
  entry: oneOrMore(innerPath)
    .default(DEFAULT_ENTRIES)
    .meta({ description: 'The file that is run; of several, the first that is there.' }),
  files: z
    .array(innerPath)
    .default([])
    .meta({ description: 'What the learner may change; default: all of the starter.' }),
  packages: z
    .array(packageName)
    .default([])
    .meta({ description: 'npm packages that the code may import; one with a version is installed on demand.' }),
  run: run.default(runKeys.parse({})).meta({ description: 'How it is started: `program`, `server`, or a map.' }),
  given: z.record(givenName, given).default({}).meta({ description: 'Values made afresh for every run.' }),
  database: database.exactOptional().meta({ description: 'A MongoDB server for every run, empty but for the seed.' }),
  services: services.default({}).meta({ description: 'Servers that the grader runs for the code, by name.' }),
  checks: z.array(check).min(1).max(50).meta({ description: 'What the grader looks at, in order.' }),
  notice: text
    .exactOptional()
    .meta({ description: 'What is worth noticing in the solution; shown beside it, after passing.' }),
  wrong: z
    .record(id, wrong)
    .default({})
    .meta({ description: 'The folders under wrong/, and the check at which each must fail.' }),
});

export type ExerciseManifest = z.output<typeof exerciseSchema>;
