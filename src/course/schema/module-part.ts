import * as z from 'zod';
import type { Template } from '../../model/course.ts';
import { type ModuleAction, type ModuleStep, type StepExpectation, VALUE_TYPES } from '../../model/module.ts';
import { schemaMessage } from '../issues.ts';
import { isInnerPath, shape } from './basics.ts';
import { nameMatcher } from './files-part.ts';
import { textMatcher } from './matchers.ts';
import { template, templates } from './template.ts';
import { workInputKeys } from './work-inputs.ts';

const handle = z
  .string()
  .max(60)
  .regex(/^[A-Za-z_$][\w$]*$/, { error: schemaMessage('not a name', 'Letters and digits, a letter first: `math`.') });

const memberPath = z
  .string()
  .max(200)
  .regex(/^[A-Za-z_$][\w$]*(\.[\w$]+)*$/, {
    error: schemaMessage('not a name or a path from one', 'A name of an earlier step, such as `math` or `math.add`.'),
  });

const importPath = z
  .string()
  .max(200)
  .refine(isImportPath, {
    error: schemaMessage('nothing that can be imported', '`entry`, or a path that begins with ./ as in `./math.js`.'),
  });

function isImportPath(path: string): boolean {
  if (path === 'entry') return true;
  return path.startsWith('./') && isInnerPath(path.slice(2).replace(/\{\{.*?\}\}/g, 'x'));
}

const errorKeys = shape('an error', {
  message: textMatcher.exactOptional().meta({ description: 'What its message must be.' }),
  name: z.string().min(1).exactOptional().meta({ description: 'Its name or class, such as RangeError.' }),
  code: template.exactOptional().meta({ description: 'Its code, such as ENOENT.' }),
  has: template.exactOptional().meta({ description: 'Further members that it has.' }),
});
const errorMatcher = z.union([z.literal(true), z.string().transform((equals) => ({ message: { equals } })), errorKeys]);

const VERBS = ['import', 'call', 'get', 'new', 'on', 'emit', 'await', 'called'] as const;
type Verb = (typeof VERBS)[number];

/** What may stand beside each verb. */
const BESIDE: Readonly<Record<Verb, readonly string[]>> = {
  import: ['as', 'keys', 'type', 'class', 'value', 'throws', 'printed'],
  get: ['as', 'keys', 'type', 'class', 'value', 'throws', 'printed'],
  call: ['as', 'args', 'returns', 'throws', 'resolves', 'rejects', 'type', 'class', 'keys', 'printed'],
  new: ['as', 'args', 'throws', 'class', 'keys', 'value', 'type', 'printed'],
  on: ['event', 'as'],
  emit: ['event', 'args', 'returns', 'throws', 'printed'],
  await: ['as', 'resolves', 'rejects', 'type', 'class', 'keys', 'printed'],
  called: ['with', 'calls', 'times', 'printed'],
};

const args = template.exactOptional().meta({ description: 'Arguments: a list, or a template that yields one.' });

const stepKeys = shape('a step', {
  import: importPath.exactOptional().meta({ description: '`entry`, or a path such as ./math as require takes it.' }),
  call: memberPath.exactOptional().meta({ description: 'A function, such as math.add.' }),
  get: memberPath.exactOptional().meta({ description: 'A value, such as math.PI.' }),
  new: memberPath.exactOptional().meta({ description: 'A class to make an object of.' }),
  on: memberPath.exactOptional().meta({ description: 'An emitter whose `event` is recorded under the name of `as`.' }),
  emit: memberPath.exactOptional().meta({ description: 'An emitter that is made to emit `event`.' }),
  await: memberPath.exactOptional().meta({ description: 'A promise that an earlier step named.' }),
  called: handle.exactOptional().meta({
    description: 'A `$callback` or recorded event; waits until nothing is left to happen, then looks at its calls.',
  }),
  as: handle.exactOptional().meta({ description: 'Name for later steps.' }),
  args,
  event: z.string().min(1).exactOptional().meta({ description: 'Name of the event.' }),
  value: template.exactOptional().meta({ description: 'What the value must equal.' }),
  returns: template.exactOptional().meta({ description: 'What it must return.' }),
  resolves: template.exactOptional().meta({ description: 'What the promise must resolve to.' }),
  throws: errorMatcher.exactOptional().meta({ description: 'What it must throw; true: anything.' }),
  rejects: errorMatcher.exactOptional().meta({ description: 'What the promise must reject with; true: anything.' }),
  type: z.enum(VALUE_TYPES).exactOptional().meta({ description: 'Type of the value.' }),
  class: z.string().min(1).exactOptional().meta({ description: 'Name of its class.' }),
  keys: nameMatcher.exactOptional().meta({ description: 'Names of the exports, or of the own members.' }),
  printed: textMatcher.exactOptional().meta({ description: 'What it prints on stdout meanwhile.' }),
  with: template.exactOptional().meta({ description: 'Called exactly once, with these arguments.' }),
  calls: template.exactOptional().meta({ description: 'The arguments of every call, a list for each.' }),
  times: z.int().min(0).exactOptional().meta({ description: 'How often it was called.' }),
})
  .refine((keys) => verbsOf(keys).length === 1, {
    error: schemaMessage('a step does exactly one thing', `Give it one of: ${VERBS.join(', ')}.`),
  })
  .superRefine((keys, context) => {
    const verb = verbsOf(keys)[0];
    if (verb === undefined) return;
    for (const key of Object.keys(keys)) {
      if (key === verb || BESIDE[verb].includes(key)) continue;
      const fix = `Beside \`${verb}\` may stand: ${BESIDE[verb].join(', ')}.`;
      context.addIssue({ code: 'custom', path: [key], message: schemaMessage(`\`${key}\` says nothing here`, fix) });
    }
    if ((verb === 'on' || verb === 'emit') && keys.event === undefined) {
      context.addIssue({ code: 'custom', message: schemaMessage('which event?', 'Add `event: <name>`.') });
    }
    if (verb === 'on' && keys.as === undefined) {
      context.addIssue({ code: 'custom', message: schemaMessage('the records have no name', 'Add `as: <name>`.') });
    }
  });

type StepKeys = z.output<typeof stepKeys>;

const step = stepKeys.transform((keys): ModuleStep => {
  const as = keys.as ?? (keys.import === undefined ? undefined : importedName(keys.import));
  return { action: actionOf(keys), ...(as !== undefined && { as }), expect: expectationOf(keys) };
});

/** `math` for `./lib/math.js`; undefined when that is no name. */
function importedName(path: string): string | undefined {
  const name = (path.split('/').at(-1) ?? '').replace(/\.[cm]?[jt]s$/, '');
  return handle.safeParse(name).success ? name : undefined;
}

function verbsOf(keys: object): Verb[] {
  return VERBS.filter((verb) => verb in keys);
}

function actionOf(keys: StepKeys): ModuleAction {
  const verb = verbsOf(keys)[0] ?? 'get';
  const of = keys[verb] ?? '';
  const given: Template = keys.args ?? [];
  const event = keys.event ?? '';
  switch (verb) {
    case 'call':
      return { do: verb, of, args: given, awaits: 'resolves' in keys || 'rejects' in keys };
    case 'new':
      return { do: verb, of, args: given };
    case 'on':
      return { do: verb, of, event };
    case 'emit':
      return { do: verb, of, event, args: given };
    default:
      return { do: verb, of };
  }
}

function expectationOf(keys: StepKeys): StepExpectation {
  const { type, class: className, keys: names, printed, times } = keys;
  const value = [keys.value, keys.returns, keys.resolves].find((each) => each !== undefined);
  const error = keys.throws ?? keys.rejects;
  const calls = keys.calls ?? (keys.with === undefined ? undefined : [keys.with]);
  const given = { value, type, class: className, keys: names, error, printed, times, calls };
  return Object.fromEntries(Object.entries(given).filter(([, each]) => each !== undefined)) as StepExpectation;
}

const steps = z.union([step.transform((one) => [one]), z.array(step).min(1).max(100)]);

const moduleKeys = shape('a module check', {
  ...workInputKeys,
  env: templates.exactOptional().meta({ description: 'Environment variables besides the usual ones.' }),
  args: template.exactOptional().meta({ description: 'What process.argv holds besides node and the entry.' }),
  steps: steps.meta({ description: 'What is done with the module, in order.' }),
});

/** The `module` kind: a list of steps, or a map with more to say. */
export const modulePart = z.union([
  z
    .array(step)
    .min(1)
    .transform((list) => ({ steps: list })),
  moduleKeys,
]);
