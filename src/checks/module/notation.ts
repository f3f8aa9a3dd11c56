import type { WireStep, WireValue } from '../../model/steps.ts';
import { Shown } from './decode.ts';
import { realize, showInline } from './expected.ts';

/** What a line of code must be written with: the kinds of the modules, by the step that imported them. */
export interface Written {
  steps: readonly WireStep[];
  /** By step; undefined where the import did not come to an end. */
  kinds: readonly ('commonjs' | 'esm' | undefined)[];
}

/** A step and what was done before it, as JavaScript that a learner could type. */
export function stepCode(written: Written, index: number): string {
  return written.steps
    .slice(0, index + 1)
    .map((step, each) => (step.do === 'get' && each < index && step.as === undefined ? '' : codeOf(written, each)))
    .filter((line) => line !== '')
    .join('\n');
}

/** The step alone, on one line, without what it is named. */
export function stepExpression({ steps }: Written, index: number): string {
  const step = steps[index];
  return step === undefined ? '' : expression(step);
}

function codeOf({ steps, kinds }: Written, index: number): string {
  const step = steps[index];
  if (step === undefined) return '';
  if (step.do === 'import') return importLine(step, { steps, kind: kinds[index] });
  const isNeeded =
    step.as !== undefined && step.do !== 'on' && steps.slice(index + 1).some((later) => uses(later, step.as ?? ''));
  return isNeeded ? `const ${step.as} = ${expression(step)};` : `${expression(step)}${step.do === 'called' ? '' : ';'}`;
}

function importLine(
  { path, as }: Extract<WireStep, { do: 'import' }>,
  { steps, kind }: { steps: readonly WireStep[]; kind: 'commonjs' | 'esm' | undefined },
): string {
  const from = showInline(path === '.' ? './' : `./${path}`);
  const isEsm = kind === 'esm' || (kind === undefined && path.endsWith('.mjs'));
  if (as === undefined) return isEsm ? `import ${from};` : `require(${from});`;
  if (!isEsm) return `const ${as} = require(${from});`;
  const isCalled = steps.some(
    (step) => (step.do === 'call' || step.do === 'new') && step.of.length === 1 && step.of[0] === as,
  );
  return isCalled ? `import ${as} from ${from};` : `import * as ${as} from ${from};`;
}

function expression(step: WireStep): string {
  switch (step.do) {
    case 'import':
      return `import ${showInline(step.path === '.' ? './' : `./${step.path}`)}`;
    case 'get':
      return step.of.join('.');
    case 'call':
      return `${step.awaits ? 'await ' : ''}${step.of.join('.')}(${list(step.args)})`;
    case 'new':
      return `new ${step.of.join('.')}(${list(step.args)})`;
    case 'on':
      return `${step.of.join('.')}.on(${showInline(step.event)}, ${step.as ?? 'listener'})`;
    case 'emit':
      return `${step.of.join('.')}.emit(${[step.event, ...step.args].map((each) => showInline(argument(each))).join(', ')})`;
    case 'await':
      return `await ${step.of.join('.')}`;
    case 'called':
      return '';
  }
}

function list(args: readonly WireValue[]): string {
  return args.map((each) => showInline(argument(each))).join(', ');
}

/** An argument as one writes it in code. */
function argument(value: WireValue): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(argument);
  const [tag, inner] = Object.entries(value).find(([key]) => key.startsWith('$')) ?? [];
  if (tag === '$error') {
    const { name = 'Error', message = '' } = Object(inner) as Record<string, WireValue>;
    return new Shown(`new ${String(name)}(${showInline(message)})`);
  }
  if (tag !== undefined) return realize(value);
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, argument(each)]));
}

function uses(step: WireStep, name: string): boolean {
  if (step.do === 'import') return false;
  return step.of[0] === name || ('args' in step && JSON.stringify(step.args).includes(`{"$ref":"${name}`));
}

/** Names of the callbacks that a step hands over. */
export function callbacksOf(step: WireStep): string[] {
  if (!('args' in step)) return [];
  return [...JSON.stringify(step.args).matchAll(/"\$callback":"([^"]+)"/g)].map(([, name = '']) => name);
}
