import { Liquid } from 'liquidjs';
import type { Value } from '../model/course.ts';
import type { Givens } from './templates.ts';

/** Bounds on one template: characters, milliseconds, and values made. */
const LIMITS = { parseLimit: 20_000, renderLimit: 500, memoryLimit: 200_000 } as const;
const MAX_DEPTH = 64;
const MAX_REPEATED = 1_000_000;
const TAGS = new Set(['assign', 'case', 'comment', 'for', 'break', 'continue', 'if', 'unless', 'raw']);
/** Built-in filters whose result would differ from one rendering to the next. */
const UNSTABLE_FILTERS = ['sample', 'shuffle', 'date'];

const NO_FILES = {
  exists: async () => false,
  existsSync: () => false,
  readFile: () => Promise.reject(new Error('templates read no files')),
  readFileSync: (): string => {
    throw new Error('templates read no files');
  },
  resolve: (_root: string, file: string) => file,
};

/** A template engine without access to files, partials, prototypes or unbounded work. One is enough: it keeps nothing of what it fills in. */
export const liquid = createLiquid();

function createLiquid(): Liquid {
  const engine = new Liquid({
    ownPropertyOnly: true,
    strictVariables: true,
    strictFilters: true,
    ...LIMITS,
    fs: NO_FILES,
    relativeReference: false,
    // Given, because asking the system for them costs 10 ms.
    locale: 'en-US',
    timezoneOffset: 0,
  });
  for (const tag of Object.keys(engine.tags)) if (!TAGS.has(tag)) delete engine.tags[tag];
  for (const filter of UNSTABLE_FILTERS) delete engine.filters[filter];
  engine.registerFilter('product', (list: unknown) => numbersOf(list).reduce((product, number) => product * number, 1));
  engine.registerFilter('maximum', (list: unknown) => Math.max(...numbersOf(list)));
  engine.registerFilter('minimum', (list: unknown) => Math.min(...numbersOf(list)));
  engine.registerFilter('reverse_text', (text: unknown) => [...String(text)].reverse().join(''));
  engine.registerFilter('repeat', (text: unknown, times: unknown) => repeated(String(text), Number(times)));
  return engine;
}

/** The value of a Liquid expression (`a > b and c != 0`), not in braces. */
export function evaluate(expression: string, givens: Givens): Value {
  return toValue(liquid.evalValueSync(expression, { ...givens }), 0);
}

/** What LiquidJS says, without the place that it adds. */
export function templateMessage(error: unknown): string {
  return error instanceof Error
    ? (error.message.replace(/, line:\d+, col:\d+[\s\S]*$/, '').split('\n')[0] ?? '')
    : String(error);
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

/** A text so many times, within bounds: a big body need not stand in the manifest. */
function repeated(text: string, times: number): string {
  if (!Number.isInteger(times) || times < 0 || text.length * times > MAX_REPEATED) {
    throw new Error(`repeat takes a whole number, and makes at most ${MAX_REPEATED} characters`);
  }
  return text.repeat(times);
}
