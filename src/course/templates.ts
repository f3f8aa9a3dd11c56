import type { Value } from '../model/course.ts';
import { TutorError } from '../model/error.ts';
import type * as Engine from './liquid.ts';

const MAX_DEPTH = 64;
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
  const filling = { engine: await import('./liquid.ts'), givens };
  return (template) => fill(filling, template, 0);
}

interface Filling {
  engine: typeof Engine;
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

function fillText({ engine, givens }: Filling, template: string): Value {
  try {
    const expression = loneExpression(template);
    if (expression !== undefined) return engine.evaluate(expression, givens);
    return String(engine.liquid.parseAndRenderSync(template, { ...givens }));
  } catch (error) {
    throw new TutorError(
      `A template of the course cannot be filled in: ${template}: ${engine.templateMessage(error)}`,
      {
        next: 'Tell the author of the course; `audit` shows all of its faults.',
        cause: error,
      },
    );
  }
}

/** The expression of a text that is exactly one `{{ expression }}`. */
function loneExpression(template: string): string | undefined {
  const match = /^\{\{-?([\s\S]*?)-?\}\}$/.exec(template);
  const expression = match?.[1];
  return expression === undefined || hasPlaces(expression) || expression.includes('}}') ? undefined : expression;
}

function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}
