import type { Finding } from './issues.ts';
import { didYouMean } from './nearest.ts';
import { listOf, mapOf } from './raw.ts';

const VERBS = ['call', 'get', 'new', 'on', 'emit', 'await', 'called'];

/** Steps of `module` checks may only use names that an earlier step gave. Runs on unvalidated data. */
export function moduleRules(checks: readonly unknown[]): Finding[] {
  return checks.flatMap((check, index) => {
    const { module } = mapOf(check);
    const path = ['checks', index, 'module'];
    return Array.isArray(module) ? stepRules(module, path) : stepRules(listOf(mapOf(module).steps), [...path, 'steps']);
  });
}

function stepRules(steps: readonly unknown[], path: Finding['path']): Finding[] {
  const known = new Set<string>();
  return steps.flatMap((step, index) => {
    const keys = mapOf(step);
    const verb = VERBS.find((each) => typeof keys[each] === 'string');
    const name = verb === undefined ? undefined : String(keys[verb]).split('.')[0];
    const isUnknown = name !== undefined && !known.has(name);
    for (const given of namesOf(keys)) known.add(given);
    if (!isUnknown || verb === undefined) return [];
    const there = known.size === 0 ? 'Import something first.' : `There are these: ${[...known].join(', ')}.`;
    const message = `no earlier step is named \`${name}\``;
    return [{ path: [...path, index, verb], message, fix: didYouMean(name, [...known]) ?? there }];
  });
}

function namesOf(step: Readonly<Record<string, unknown>>): string[] {
  const names = [...JSON.stringify(step.args ?? []).matchAll(/"\$callback":"([^"]+)"/g)].map(([, name = '']) => name);
  if (typeof step.as === 'string') names.push(step.as);
  else if (typeof step.import === 'string') {
    names.push((step.import.split('/').at(-1) ?? '').replace(/\.[cm]?[jt]s$/, ''));
  }
  return names;
}
