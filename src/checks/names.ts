import type { CheckContext } from '../model/context.ts';
import type { NameMatcher } from '../model/files.ts';
import type { Difference } from '../model/verdict.ts';
import { valueText } from './match-text.ts';

type Render = CheckContext['render'];

/** Compares a set of names with what it must be; order and repetition do not matter. */
export function matchNames(
  matcher: NameMatcher,
  subject: { what: string; names: readonly string[] },
  render: Render,
): Difference | undefined {
  const { what } = subject;
  const got = listNames(subject.names);
  if (matcher.equals !== undefined) {
    const expected = listNames([render(matcher.equals)].flat(1).map((name) => valueText(name)));
    if (expected !== got) return { what, relation: 'equals', expected, got };
  }
  for (const template of matcher.contains ?? []) {
    const expected = valueText(render(template));
    if (!subject.names.includes(expected)) return { what, relation: 'contains', expected, got };
  }
  for (const template of matcher.lacks ?? []) {
    const expected = valueText(render(template));
    if (subject.names.includes(expected)) return { what, relation: 'lacks', expected, got };
  }
  return undefined;
}

function listNames(names: readonly string[]): string {
  return [...new Set(names)].sort().join(', ');
}
