import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Template, Value } from '../../model/course.ts';
import type { DependencyExpectation, PackageExpectation } from '../../model/tools.ts';
import type { Difference } from '../../model/verdict.ts';
import { valueText } from '../match-text.ts';
import type { CheckSay } from '../messages.ts';
import { valueAt, valueDifference } from '../values.ts';

interface Looking {
  render(template: Template): Value;
  say: CheckSay;
}

/** The learner's package.json, or what is wrong with it. */
export function readManifest(folder: string, say: CheckSay): { data: unknown } | { wrong: Difference } {
  let text: string;
  try {
    text = readFileSync(path.join(folder, 'package.json'), 'utf8').replace(/^\uFEFF/, '');
  } catch {
    const got = say('files.absent');
    return { wrong: { what: 'package.json', relation: 'equals', expected: say('files.file'), got } };
  }
  try {
    return { data: JSON.parse(text) };
  } catch (error) {
    const note = error instanceof Error ? error.message : undefined;
    return { wrong: { what: 'package.json', relation: 'equals', expected: 'JSON', got: text, ...(note && { note }) } };
  }
}

/** The first thing in which a package.json is not as the exercise asks. */
export async function manifestDifference(
  expected: PackageExpectation,
  data: unknown,
  looking: Looking,
): Promise<Difference | undefined> {
  for (const [place, matcher] of Object.entries(expected.at ?? {})) {
    const at = valueText(looking.render(place));
    const difference = valueDifference(`package.json: ${at}`, matcher, {
      got: valueAt(data, at),
      render: looking.render,
    });
    if (difference) return difference;
  }
  for (const [name, expectation] of Object.entries(expected.dependencies ?? {})) {
    const difference = await dependencyDifference(valueText(looking.render(name)), expectation, { data, ...looking });
    if (difference) return difference;
  }
  return undefined;
}

const PLACES = ['dependencies', 'devDependencies'] as const;

async function dependencyDifference(
  name: string,
  { in: place, allows = [], refuses = [], absent = false }: DependencyExpectation,
  { data, render, say }: Looking & { data: unknown },
): Promise<Difference | undefined> {
  const found = PLACES.flatMap((where) => {
    const group = valueAt(data, where);
    const range = typeof group === 'object' && group !== null ? Reflect.get(group, name) : undefined;
    return typeof range === 'string' ? [{ where, range }] : [];
  });
  const what = `package.json: ${name}`;
  const shown = found.map(({ where, range }) => `${where}: ${range}`).join(', ') || say('npm.no-dependency');
  if (absent) {
    return found.length === 0
      ? undefined
      : { what, relation: 'equals', expected: say('npm.no-dependency'), got: shown };
  }
  const chosen = found.find(({ where }) => place === undefined || where === place);
  if (chosen === undefined) {
    return { what, relation: 'equals', expected: place ?? say('npm.a-dependency'), got: shown };
  }
  const { satisfies, validRange } = await import('semver');
  if (allows.length + refuses.length > 0 && validRange(chosen.range) === null) {
    return { what, relation: 'equals', expected: say('npm.a-range'), got: chosen.range };
  }
  const versions = (templates: readonly Template[]) => templates.map((template) => valueText(render(template)));
  const left = versions(allows).find((version) => !satisfies(version, chosen.range));
  if (left !== undefined)
    return { what, relation: 'equals', expected: say('npm.allows', { version: left }), got: chosen.range };
  const taken = versions(refuses).find((version) => satisfies(version, chosen.range));
  if (taken === undefined) return undefined;
  return { what, relation: 'equals', expected: say('npm.refuses', { version: taken }), got: chosen.range };
}
