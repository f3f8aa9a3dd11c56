import * as z from 'zod';
import type { HttpStep, Part, PartKind } from '../../model/course.ts';
import { schemaMessage } from '../issues.ts';
import { shape } from './basics.ts';
import { files } from './files-part.ts';
import { modulePart } from './module-part.ts';
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

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'] as const;
type Method = HttpStep['method'];

const path = z
  .string()
  .min(1)
  .max(2_000)
  .refine((text) => text.startsWith('/') || text.startsWith('{{'), {
    error: schemaMessage('a path begins with `/`', 'Write the path only, without scheme and host: `/posts`.'),
  });

const STATUS = /^[1-5](\d\d|xx)$/;

const expectation = shape('an expectation', {
  status: z
    .union([z.int().min(100).max(599), z.string().regex(STATUS)], {
      error: schemaMessage('not an HTTP status', 'A number such as `200`, or a class such as `4xx`.'),
    })
    .exactOptional()
    .meta({ description: 'A status such as 200, or a class such as 4xx.' }),
  type: z.string().min(1).exactOptional().meta({ description: '`html`, `json`, `text` or a whole media type.' }),
  headers: z.record(z.string(), textMatcher).exactOptional().meta({ description: 'Headers by name.' }),
  body: textMatcher.exactOptional().meta({ description: 'The text of the answer.' }),
  redirect: z.string().min(1).exactOptional().meta({ description: 'Target path of a redirect.' }),
});

const methodKeys = Object.fromEntries(
  METHODS.map((method) => [
    method.toLowerCase(),
    path.exactOptional().meta({ description: `Path of a ${method} request.` }),
  ]),
) as Record<Lowercase<Method>, z.ZodExactOptional<typeof path>>;

const BODIES = ['form', 'json', 'body'] as const;

const step = shape('a request', {
  ...methodKeys,
  query: templates.exactOptional().meta({ description: 'Query string, as names and values.' }),
  headers: templates.exactOptional().meta({ description: 'Request headers.' }),
  form: templates.exactOptional().meta({ description: 'Body as a form sends it (urlencoded).' }),
  json: template.exactOptional().meta({ description: 'Body as JSON.' }),
  body: z.string().exactOptional().meta({ description: 'Body as it stands.' }),
  expect: expectation.default({}).meta({ description: 'What must come back.' }),
})
  .refine((keys) => methodsOf(keys).length === 1, {
    error: schemaMessage('a request has exactly one method with its path', 'Write it like `get: /posts`.'),
  })
  .refine((keys) => BODIES.filter((key) => key in keys).length <= 1, {
    error: schemaMessage('a request has only one body', 'Keep one of `form`, `json` and `body`.'),
  })
  .transform((keys): HttpStep => {
    const { query, headers, form, json, body, expect } = keys;
    const method = methodsOf(keys)[0] ?? 'GET';
    return {
      method,
      path: keys[method.toLowerCase() as Lowercase<Method>] ?? '/',
      ...(query && { query }),
      ...(headers && { headers }),
      ...(form && { form }),
      ...(json !== undefined && { json }),
      ...(body !== undefined && { body }),
      expect,
    };
  });

function methodsOf(keys: object): Method[] {
  return METHODS.filter((method) => method.toLowerCase() in keys);
}

const http = z.union([step.transform((one) => [one]), z.array(step).min(1)]);

/** The check kinds: what each may say in a manifest. A new kind is one entry here and one evaluator. */
export const PART_SCHEMAS = {
  program: program.meta({ description: 'Runs the program and looks at what it prints and how it ends.' }),
  module: modulePart.meta({ description: 'Imports the code and uses its exports, step by step.' }),
  http: http.meta({ description: 'Sends one request, or several in turn, to the running server.' }),
  files: files.meta({ description: 'Looks at the work folder after the run of this check.' }),
} satisfies { [Kind in PartKind]: z.ZodType<Extract<Part, { kind: Kind }>['spec']> };

export const PART_KINDS = Object.keys(PART_SCHEMAS) as PartKind[];
