import type { Exercise, Value } from '../model/course.ts';
import { TutorError } from '../model/error.ts';
import { drawGivens } from './givens.ts';
import type { Finding } from './issues.ts';
import { liquid, templateMessage } from './liquid.ts';
import { didYouMean } from './nearest.ts';
import { listOf, mapOf } from './raw.ts';
import { PART_KINDS } from './schema/parts.ts';
import { createRenderer, hasPlaces, type Render } from './templates.ts';
import type { Path } from './yaml.ts';

/** Under how many seeds the templates are filled in for a trial. */
const TRIALS = 3;

/** Syntax of all templates and conditions, and the givens that they name. Runs on unvalidated data. */
export function templateRules(manifest: unknown): Finding[] {
  const data = mapOf(manifest);
  const given = mapOf(data.given);
  const names = Object.keys(given);
  const services = Object.keys(mapOf(data.services)).length === 0 ? [] : ['services'];
  const uses: Use[] = [...templatesIn(data)].map(([path, template]) => ({
    path,
    template,
    known: [...names, ...services, ...(path[0] === 'checks' ? capturedIn(checkOf(data, path)) : [])],
  }));
  for (const [index, name] of names.entries()) {
    const { where } = mapOf(given[name]);
    if (typeof where === 'string') {
      uses.push({ path: ['given', name, 'where'], template: `{{ ${where} }}`, known: names.slice(0, index + 1) });
    }
  }
  return uses.flatMap(checkUse);
}

/** Draws the givens of a valid exercise and fills in its templates under a few seeds, to see that both are possible. */
export async function trialRules(manifest: unknown, exercise: Exercise): Promise<Finding[]> {
  const data = mapOf(manifest);
  for (let trial = 0; trial < TRIALS; trial++) {
    let render: Render;
    try {
      const captured = capturedIn(data.checks).map((name): [string, Value] => [name, 'captured']);
      const givens = await drawGivens(exercise.given, `trial-${trial}`);
      render = await createRenderer({ ...givens, ...trialServices(data), ...Object.fromEntries(captured) });
    } catch (error) {
      if (!(error instanceof TutorError)) throw error;
      return [
        { path: ['given'], on: 'key', message: error.message, ...(error.next !== undefined && { fix: error.next }) },
      ];
    }
    const findings = [...templatesIn(data)].flatMap(([path, template]) => tryTemplate(render, path, template));
    if (findings.length > 0) return findings;
  }
  return [];
}

function tryTemplate(render: Render, path: Path, template: string): Finding[] {
  try {
    render(template);
    return [];
  } catch (error) {
    if (!(error instanceof TutorError)) throw error;
    return [{ path, message: `the template cannot be filled in: ${templateMessage(error.cause)}` }];
  }
}

function trialServices({ services }: Readonly<Record<string, unknown>>): Record<string, Value> {
  const names = Object.keys(mapOf(services));
  if (names.length === 0) return {};
  return { services: Object.fromEntries(names.map((name) => [name, { url: 'http://127.0.0.1:40000' }])) };
}

interface Use {
  path: Path;
  template: string;
  /** Names that it may use. */
  known: readonly string[];
}

function checkUse({ path, template, known }: Use): Finding[] {
  try {
    const used = liquid.globalVariablesSync(liquid.parse(template));
    if (used.length === 0 && known.length === 0) {
      return [
        { path, message: 'a template in an exercise without givens', fix: 'Write the text itself, or add `given`.' },
      ];
    }
    return used
      .map(String)
      .filter((name) => !known.includes(name))
      .map((name) => ({ path, message: `no given is called \`${name}\``, fix: fixName(name, known) }));
  } catch (error) {
    return [{ path, message: `not a valid template: ${templateMessage(error)}` }];
  }
}

function fixName(name: string, known: readonly string[]): string {
  const others =
    known.length === 0 ? 'The exercise has no givens: add `given`.' : `There are these: ${known.join(', ')}.`;
  return didYouMean(name, known) ?? others;
}

function checkOf({ checks }: Readonly<Record<string, unknown>>, path: Path): unknown {
  return listOf(checks)[Number(path[1])];
}

/** Names of the values that steps take out of answers. */
function capturedIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(capturedIn);
  const map = mapOf(value);
  return Object.entries(map).flatMap(([key, item]) =>
    key === 'capture' ? Object.keys(mapOf(item)) : capturedIn(item),
  );
}

function* templatesIn(data: Readonly<Record<string, unknown>>): Generator<[Path, string]> {
  yield* textsWithPlaces(data.services, ['services']);
  for (const [index, check] of listOf(data.checks).entries()) {
    const parts = mapOf(check);
    for (const kind of [...PART_KINDS, 'start']) yield* textsWithPlaces(parts[kind], ['checks', index, kind]);
  }
}

function* textsWithPlaces(value: unknown, path: Path): Generator<[Path, string]> {
  if (typeof value === 'string') {
    if (hasPlaces(value)) yield [path, value];
  } else if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) yield* textsWithPlaces(item, [...path, index]);
  } else {
    for (const [key, item] of Object.entries(mapOf(value))) {
      if (hasPlaces(key)) yield [[...path, key], key];
      if (key !== 'matches') yield* textsWithPlaces(item, [...path, key]);
    }
  }
}
