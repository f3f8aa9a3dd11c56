import type { Liquid } from 'liquidjs';
import type { Value } from '../model/course.ts';
import { TutorError } from '../model/error.ts';

/** Bounds on one template: characters, milliseconds, and values made. */
const LIMITS = { parseLimit: 20_000, renderLimit: 500, memoryLimit: 200_000 } as const;
const MAX_DEPTH = 64;
const TAGS = new Set(['assign', 'case', 'comment', 'for', 'break', 'continue', 'if', 'unless', 'raw']);
/** Built-in filters whose result would differ from one rendering to the next. */
const UNSTABLE_FILTERS = ['sample', 'shuffle', 'date'];

export type Givens = Readonly<Record<string, Value>>;

/** Fills in a template. @throws {TutorError} when the template is at fault */
export type Render = (template: Value) => Value;

/** Whether a text has a place to fill in. */
export function hasPlaces(text: string): boolean {
  return text.includes('{{') || text.includes('{%');
}

/**
 * Makes the function that fills in the templates of a run. A text that is one `{{ expression }}` alone keeps the
 * expression's type; other texts stay texts; lists and maps are filled in item by item. Without givens there is nothing
 * to fill in and the template engine is not loaded.
 */
export async function createRenderer(givens: Givens): Promise<Render> {
  if (Object.keys(givens).length === 0) return (template) => template;
  const liquid = await createLiquid();
  return (template) => fill({ liquid, givens }, template, 0);
}

/** A template engine without access to files, partials, prototypes or unbounded work. */
export async function createLiquid(): Promise<Liquid> {
  const { Liquid } = await import('liquidjs');
  const liquid = new Liquid({
    ownPropertyOnly: true,
    strictVariables: true,
    strictFilters: true,
    ...LIMITS,
    fs: NO_FILES,
    relativeReference: false,
  });
  for (const tag of Object.keys(liquid.tags)) if (!TAGS.has(tag)) delete liquid.tags[tag];
  for (const filter of UNSTABLE_FILTERS) delete liquid.filters[filter];
  liquid.registerFilter('product', (list: unknown) => numbersOf(list).reduce((product, number) => product * number, 1));
  liquid.registerFilter('maximum', (list: unknown) => Math.max(...numbersOf(list)));
  liquid.registerFilter('minimum', (list: unknown) => Math.min(...numbersOf(list)));
  liquid.registerFilter('reverse_text', (text: unknown) => [...String(text)].reverse().join(''));
  return liquid;
}

/** The value of a Liquid expression (`a > b and c != 0`), not in braces. */
export function evaluate(liquid: Liquid, expression: string, givens: Givens): Value {
  return toValue(liquid.evalValueSync(expression, { ...givens }), 0);
}

interface Filling {
  liquid: Liquid;
  givens: Givens;
}

function fill(filling: Filling, template: Value, depth: number): Value {
  if (depth > MAX_DEPTH) throw new TutorError('A template of the course is nested too deep.');
  if (typeof template === 'string') return hasPlaces(template) ? fillText(filling, template) : template;
  if (typeof template !== 'object' || template === null) return template;
  if (isList(template)) return template.map((item) => fill(filling, item, depth + 1));
  return Object.fromEntries(
    Object.entries(template).map(([key, value]) => [
      hasPlaces(key) ? String(fillText(filling, key)) : key,
      fill(filling, value, depth + 1),
    ]),
  );
}

function fillText({ liquid, givens }: Filling, template: string): Value {
  try {
    const expression = loneExpression(template);
    if (expression !== undefined) return evaluate(liquid, expression, givens);
    return String(liquid.parseAndRenderSync(template, { ...givens }));
  } catch (error) {
    throw new TutorError(`A template of the course cannot be filled in: ${template}: ${templateMessage(error)}`, {
      next: 'Tell the author of the course; `audit` shows all of its faults.',
      cause: error,
    });
  }
}

/** What LiquidJS says, without the place that it adds. */
export function templateMessage(error: unknown): string {
  return error instanceof Error
    ? (error.message.replace(/, line:\d+, col:\d+[\s\S]*$/, '').split('\n')[0] ?? '')
    : String(error);
}

/** The expression of a text that is exactly one `{{ expression }}`. */
function loneExpression(template: string): string | undefined {
  const match = /^\{\{-?([\s\S]*?)-?\}\}$/.exec(template);
  const expression = match?.[1];
  return expression === undefined || hasPlaces(expression) || expression.includes('}}') ? undefined : expression;
}

function toValue(value: unknown, depth: number): Value {
  if (depth > MAX_DEPTH) return null;
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  if (Array.isArray(value)) return value.map((item) => toValue(item, depth + 1));
  if (typeof value !== 'object' || value === null) return null;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, toValue(item, depth + 1)]));
}

function numbersOf(list: unknown): number[] {
  return (Array.isArray(list) ? list : [list]).map(Number);
}

function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}

const NO_FILES = {
  exists: async () => false,
  existsSync: () => false,
  readFile: () => Promise.reject(new Error('templates read no files')),
  readFileSync: (): string => {
    throw new Error('templates read no files');
  },
  resolve: (_root: string, file: string) => file,
};
