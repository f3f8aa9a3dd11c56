import * as z from 'zod';
import type {
  Capture,
  HttpKill,
  HttpMethod,
  HttpRepeat,
  HttpRequest,
  HttpStarted,
  HttpTogether,
} from '../../model/http.ts';
import { schemaMessage } from '../issues.ts';
import { shape, size } from './basics.ts';
import { textMatcher, valueMatcher } from './matchers.ts';
import { regularExpression, template, templates } from './template.ts';

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'] as const satisfies readonly HttpMethod[];
const NAME = /^[a-z][A-Za-z0-9_]*$/;

/** A path on the learner's server. */
export const serverPath = z
  .string()
  .min(1)
  .max(2_000)
  .refine((text) => text.startsWith('/') || text.startsWith('{{'), {
    error: schemaMessage('a path begins with `/`', 'Write the path only, without scheme and host: `/posts`.'),
  });

const STATUS = /^[1-5](\d\d|xx)$/;

const oneStatus = z.union([z.int().min(100).max(599), z.string().regex(STATUS)]);

/** A status, a class of them, or several that are as good. */
export const status = z.union([oneStatus, z.array(oneStatus).min(2)], {
  error: schemaMessage('not an HTTP status', 'A number such as `200`, a class such as `4xx`, or a list of them.'),
});

const expectation = shape('an expectation', {
  status: status.exactOptional().meta({ description: 'A status such as 200, or a class such as 4xx.' }),
  type: z.string().min(1).exactOptional().meta({ description: '`html`, `json`, `text` or a whole media type.' }),
  headers: z.record(z.string(), textMatcher).exactOptional().meta({ description: 'Headers by name.' }),
  cookies: z
    .record(z.string(), textMatcher)
    .exactOptional()
    .meta({ description: 'Cookies that the answer sets, by name: the whole Set-Cookie line.' }),
  body: textMatcher.exactOptional().meta({ description: 'The text of the answer.' }),
  json: template.exactOptional().meta({ description: 'The body is JSON and equals this.' }),
  jsonHas: template.exactOptional().meta({ description: 'The body is JSON with at least these members.' }),
  at: z
    .record(z.string(), valueMatcher)
    .exactOptional()
    .meta({ description: "Values in the body's JSON by path, such as `posts.0.name`." }),
  redirect: z.string().min(1).exactOptional().meta({ description: 'Target path of a redirect.' }),
  prints: textMatcher
    .exactOptional()
    .meta({ description: 'What the server prints, on stdout or stderr, while it answers.' }),
});

const captureKeys = shape('a capture', {
  json: z.string().exactOptional().meta({ description: "Path in the body's JSON, such as `0.id`." }),
  header: z.string().min(1).exactOptional().meta({ description: 'Name of a header.' }),
  cookie: z.string().min(1).exactOptional().meta({ description: 'Name of a cookie.' }),
  body: regularExpression.exactOptional().meta({ description: 'A pattern; its first group is what is taken.' }),
  matches: regularExpression
    .exactOptional()
    .meta({ description: 'A pattern for the header or cookie; its first group is what is taken.' }),
}).refine((keys) => ['json', 'header', 'cookie', 'body'].filter((key) => key in keys).length === 1, {
  error: schemaMessage('a capture takes from one place', 'Give it one of `json`, `header`, `cookie` and `body`.'),
});

const capture = captureKeys.transform(({ json, header, cookie, body, matches }): Capture => {
  const pattern = matches === undefined ? {} : { matches };
  if (json !== undefined) return { from: 'json', path: json };
  if (header !== undefined) return { from: 'header', name: header, ...pattern };
  if (cookie !== undefined) return { from: 'cookie', name: cookie, ...pattern };
  return { from: 'body', matches: body ?? '' };
});

/** The name that a captured value is used by. */
export const captureName = z
  .string()
  .max(40)
  .regex(NAME, {
    error: schemaMessage(
      'not a name that templates can use',
      'A small letter first, then letters and digits: `postId`.',
    ),
  });

const multipartFile = shape('a field of a multipart form', {
  file: z.string().min(1).exactOptional().meta({ description: 'Name of the file that is sent.' }),
  type: z.string().min(1).exactOptional().meta({ description: 'Its media type, such as image/png.' }),
  text: template.exactOptional().meta({ description: 'Its content as text.' }),
  base64: z.base64().exactOptional().meta({ description: 'Its content as base64.' }),
  size: size.exactOptional().meta({ description: 'So many bytes of anything, such as 2MB.' }),
});
const multipartField = z.union([
  z.union([z.string(), z.number(), z.boolean()]).transform((text) => ({ text })),
  multipartFile,
]);

/** A key for each method, with the path as its value. */
export const methodKeys = Object.fromEntries(
  METHODS.map((method) => [
    method.toLowerCase(),
    serverPath.exactOptional().meta({ description: `Path of a ${method} request.` }),
  ]),
) as Record<Lowercase<HttpMethod>, z.ZodExactOptional<typeof serverPath>>;

const BODIES = ['form', 'multipart', 'json', 'body'] as const;

const request = shape('a request', {
  ...methodKeys,
  query: templates.exactOptional().meta({ description: 'Query string, as names and values.' }),
  headers: templates.exactOptional().meta({ description: 'Request headers.' }),
  form: templates
    .exactOptional()
    .meta({ description: 'Body as a form sends it (urlencoded); a list: several fields of one name.' }),
  multipart: z
    .record(z.string(), multipartField)
    .exactOptional()
    .meta({ description: 'Body as a form with files sends it.' }),
  json: template.exactOptional().meta({ description: 'Body as JSON.' }),
  body: z.string().exactOptional().meta({ description: 'Body as it stands.' }),
  times: z
    .int()
    .min(2)
    .max(100)
    .exactOptional()
    .meta({ description: 'Sent so often, one after the other; the last answer is looked at.' }),
  expect: expectation.default({}).meta({ description: 'What must come back.' }),
  capture: z
    .record(captureName, capture)
    .exactOptional()
    .meta({ description: 'Values of the answer that later steps use as templates.' }),
})
  .refine((keys) => methodsOf(keys).length >= 1, {
    error: schemaMessage('a request has a method with its path', 'Write it like `get: /posts`.'),
  })
  .refine((keys) => new Set(methodsOf(keys).map((method) => pathOf(keys, method))).size <= 1, {
    error: schemaMessage(
      'two methods of one request have different paths',
      'Methods beside each other leave open which one the learner chose; the path is the same.',
    ),
  })
  .refine((keys) => BODIES.filter((key) => key in keys).length <= 1, {
    error: schemaMessage('a request has only one body', 'Keep one of `form`, `multipart`, `json` and `body`.'),
  })
  .transform((keys): HttpRequest => {
    const { query, headers, form, multipart, json, body, times, expect, capture: captures } = keys;
    const methods = methodsOf(keys);
    return {
      methods,
      path: pathOf(keys, methods[0] ?? 'GET'),
      ...(query && { query }),
      ...(headers && { headers }),
      ...(form && { form }),
      ...(multipart && { multipart }),
      ...(json !== undefined && { json }),
      ...(body !== undefined && { body }),
      ...(times !== undefined && { times }),
      expect,
      ...(captures && { capture: captures }),
    };
  });

/** The methods that a map has. */
export function methodsOf(keys: object): HttpMethod[] {
  return METHODS.filter((method) => method.toLowerCase() in keys);
}

/** The path that stands at a method. */
export function pathOf(keys: { [Key in Lowercase<HttpMethod>]?: string }, method: HttpMethod): string {
  return keys[method.toLowerCase() as Lowercase<HttpMethod>] ?? '/';
}

const together: z.ZodType<HttpTogether, unknown> = shape('requests at the same time', {
  together: z.array(request).min(2).max(50).meta({ description: 'Requests that are sent at the same time.' }),
  finish: z
    .array(serverPath)
    .min(2)
    .exactOptional()
    .meta({ description: 'Paths in the order in which their answers must be complete.' }),
  free: serverPath.exactOptional().meta({
    description: 'A path that is asked over and over meanwhile; no answer may take half as long as these requests do.',
  }),
});

const repeat: z.ZodType<HttpRepeat, unknown> = shape('a repeated request', {
  repeat: request.meta({ description: 'Sent again and again; `capture` takes one value out of each answer.' }),
  different: template.meta({ description: 'How many different values must come.' }),
}).refine((keys) => Object.keys(keys.repeat.capture ?? {}).length === 1, {
  error: schemaMessage('nothing says which value must differ', 'Capture one: `capture: { pid: { json: pid } }`.'),
});

const kill: z.ZodType<HttpKill, unknown> = shape('the end of a process', {
  kill: template.meta({ description: "Id of a process that the server has started, such as a cluster's worker." }),
});

const started: z.ZodType<HttpStarted, unknown> = shape('a count of processes', {
  started: template.meta({ description: 'How many processes the server has started that still run.' }),
});

const step = z.union([request, together, repeat, kill, started]);

/** The `http` kind: one request, or steps in turn. */
export const http = z.union([step.transform((one) => [one]), z.array(step).min(1)]);
