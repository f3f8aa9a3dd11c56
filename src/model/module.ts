import type { Template, TextMatcher } from './course.ts';
import type { NameMatcher, WorkInputs } from './files.ts';

/** The `module` kind: steps in a process of its own, in order; the first whose expectation does not hold fails the check. */
export interface ModuleSpec extends WorkInputs {
  env?: Readonly<Record<string, Template>>;
  args?: Template;
  steps: readonly ModuleStep[];
}

export interface ModuleStep {
  action: ModuleAction;
  /** Name by which later steps refer to what came of this one. */
  as?: string;
  expect: StepExpectation;
}

/** `of` is a handle of an earlier step, or a path from it: `math.add`. */
export type ModuleAction =
  /** `of` is `entry`, or a path that begins with `./`. */
  | { do: 'import'; of: string }
  | { do: 'get'; of: string }
  | { do: 'call'; of: string; args: Template; awaits: boolean }
  | { do: 'new'; of: string; args: Template }
  /** Records what an emitter emits, under the name of `as`. */
  | { do: 'on'; of: string; event: string }
  | { do: 'emit'; of: string; event: string; args: Template }
  | { do: 'await'; of: string }
  /** Waits until nothing is left to happen, then looks at what a callback or listener has recorded. */
  | { do: 'called'; of: string };

export interface StepExpectation {
  /** What came: exports, value, returned or resolved value, new object. May hold `$` matchers. */
  value?: Template;
  type?: ValueType;
  /** Name of its class. */
  class?: string;
  /** Names of its own members; of a module: of its exports. */
  keys?: NameMatcher;
  /** It throws or rejects; `true`: with anything. */
  error?: true | ErrorMatcher;
  /** What it printed on stdout meanwhile. */
  printed?: TextMatcher;
  /** How often it was called. */
  times?: number;
  /** Lists of the arguments of all calls. */
  calls?: Template;
}

export interface ErrorMatcher {
  message?: TextMatcher;
  /** `TypeError`, or the name of a class. */
  name?: string;
  code?: Template;
  /** Further members that it has. */
  has?: Template;
}

export const VALUE_TYPES = [
  'undefined',
  'null',
  'boolean',
  'number',
  'string',
  'bigint',
  'symbol',
  'function',
  'class',
  'object',
  'array',
  'promise',
  'date',
  'regexp',
  'map',
  'set',
  'buffer',
  'error',
  'emitter',
] as const;
export type ValueType = (typeof VALUE_TYPES)[number];
