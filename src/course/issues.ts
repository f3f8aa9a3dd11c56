import type * as z from 'zod';
import type { Diagnostic } from '../model/diagnostic.ts';
import { diagnosticAt, type Fault, type Source } from './source.ts';
import type { Path, YamlData } from './yaml.ts';

type Issue = z.core.$ZodIssue;

/** A fault at a path of the data. */
export interface Finding extends Fault {
  path: Path;
  /** Whether the value at the path is meant (default) or its key. */
  on?: 'value' | 'key';
}

/** Between what is wrong and what would be right in a schema's own messages. */
const SEPARATOR = '\t';

/** A message for zod's `error` options that says what is wrong and what would be right. */
export function schemaMessage(message: string, fix: string): string {
  return `${message}${SEPARATOR}${fix}`;
}

/** Findings as diagnostics, at the places of their paths. */
export function toDiagnostics(source: Source, data: YamlData, findings: readonly Finding[]): Diagnostic[] {
  return findings.map(({ path, on, message, fix }) =>
    diagnosticAt(source, data.locate(path, on ?? 'value'), fix === undefined ? { message } : { message, fix }),
  );
}

/** What a schema found wrong, in words for course authors. Rules on a map wait until its unknown keys are gone. */
export function findingsOf(issues: readonly Issue[], value: unknown): Finding[] {
  const withUnknownKeys = new Set(
    issues.filter(({ code }) => code === 'unrecognized_keys').map(({ path }) => path.join('/')),
  );
  return issues
    .filter(({ code, path }) => code !== 'custom' || !withUnknownKeys.has(path.join('/')))
    .flatMap((issue) => findingsOfIssue(issue, value));
}

function findingsOfIssue(issue: Issue, value: unknown): Finding[] {
  const { path } = issue;
  switch (issue.code) {
    case 'unrecognized_keys': {
      const messages = issue.message.split('\n');
      return issue.keys.map((key, index) => ({
        path: [...path, key],
        on: 'key',
        ...splitMessage(messages[index] ?? ''),
      }));
    }
    case 'invalid_key':
      return [{ path, on: 'key', ...splitMessage(issue.issues[0]?.message ?? issue.message) }];
    case 'invalid_union':
      return unionFindings(issue, value);
    case 'invalid_type': {
      if (issue.message.includes(SEPARATOR)) return [{ path, ...splitMessage(issue.message) }];
      const got = valueAt(value, path);
      if (got === undefined) return [missing(path)];
      return [{ path, message: `${name(path)} must be ${kindName(issue.expected)}, not ${describe(got)}` }];
    }
    case 'invalid_value':
      return [invalidValue(path, issue.values, valueAt(value, path))];
    case 'too_small':
    case 'too_big':
      return [{ path, ...sizeFault(issue, path) }];
    default:
      return [{ path, ...splitMessage(issue.message) }];
  }
}

function unionFindings(issue: z.core.$ZodIssueInvalidUnion, value: unknown): Finding[] {
  const here = valueAt(value, issue.path);
  if (here === undefined) return [missing(issue.path)];
  const closest = issue.errors.find((branch) => branch.length > 0 && !branch.some(isRoot));
  if (closest !== undefined) {
    const inner = findingsOf(closest, here);
    return inner.map((finding) => ({ ...finding, path: [...issue.path, ...finding.path] }));
  }
  if (issue.message.includes(SEPARATOR)) return [{ path: issue.path, ...splitMessage(issue.message) }];
  const expected = new Set(issue.errors.flatMap((branch) => branch.filter(isRoot).map(expectedOf)));
  return [
    { path: issue.path, message: `${name(issue.path)} must be ${[...expected].join(' or ')}, not ${describe(here)}` },
  ];
}

/** A value of another kind than was asked for, not one with a fault inside. */
function isRoot(issue: Issue): boolean {
  if (issue.path.length > 0) return false;
  if (issue.code === 'invalid_union') return issue.errors.every((branch) => branch.some(isRoot));
  return issue.code === 'invalid_type' || issue.code === 'invalid_value';
}

function expectedOf(issue: Issue): string {
  if (issue.code === 'invalid_type') return kindName(issue.expected);
  if (issue.code === 'invalid_value') return issue.values.map((value) => `\`${String(value)}\``).join(' or ');
  return 'something else';
}

function missing(path: Path): Finding {
  const key = String(path.at(-1));
  return { path, message: `${name(path)} is missing`, fix: `Add \`${key}: …\`.` };
}

function invalidValue(path: Path, values: readonly unknown[], got: unknown): Finding {
  if (got === undefined) return { ...missing(path), fix: `Write \`${String(path.at(-1))}: ${String(values[0])}\`.` };
  const allowed = values.map((value) => `\`${String(value)}\``).join(', ');
  return {
    path,
    message: `${name(path)} cannot be ${describe(got)}`,
    fix: `It is ${values.length > 1 ? 'one of ' : ''}${allowed}.`,
  };
}

function sizeFault(issue: z.core.$ZodIssueTooSmall | z.core.$ZodIssueTooBig, path: Path): Fault {
  if (issue.message.includes(SEPARATOR)) return splitMessage(issue.message);
  const unit = issue.origin === 'string' ? ' characters' : issue.origin === 'array' ? ' items' : '';
  if (issue.code === 'too_small' && issue.minimum === 1 && unit !== '') return { message: `${name(path)} is empty` };
  const bound = issue.code === 'too_small' ? `at least ${issue.minimum}` : `at most ${issue.maximum}`;
  return { message: `${name(path)} must ${unit === '' ? 'be' : 'have'} ${bound}${unit}` };
}

function splitMessage(text: string): Fault {
  const [message = '', fix] = text.split(SEPARATOR);
  return fix === undefined ? { message } : { message, fix };
}

/** `checks[0].title`, the last step in the words of the format. */
function name(path: Path): string {
  const key = path.findLast((step) => typeof step === 'string');
  if (key === undefined) return 'this';
  return typeof path.at(-1) === 'number' ? `an item of \`${String(key)}\`` : `\`${String(key)}\``;
}

const KINDS: Readonly<Record<string, string>> = {
  string: 'text',
  array: 'a list',
  object: 'a map',
  record: 'a map',
  int: 'a whole number',
  boolean: 'true or false',
};

function kindName(kind: string): string {
  return KINDS[kind] ?? `a ${kind}`;
}

/** A value in a message, in few words. */
export function describe(value: unknown): string {
  if (value === null || value === undefined) return 'empty';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a map';
  if (typeof value === 'string') return `the text \`${value.length > 40 ? `${value.slice(0, 40)}…` : value}\``;
  return `\`${String(value)}\``;
}

function valueAt(value: unknown, path: Path): unknown {
  let here = value;
  for (const step of path) {
    if (typeof here !== 'object' || here === null || !Object.hasOwn(here, step)) return undefined;
    here = Reflect.get(here, step);
  }
  return here;
}
