import type { Difference } from '../../model/verdict.ts';
import type { CheckSay } from '../messages.ts';
import { type Found, found } from './found.ts';

/** Causes that two texts alone betray: only white space or only case differs, or a variable was never set. */
export function findTextCause(difference: Difference, say: CheckSay): Found | undefined {
  if (difference.relation !== 'equals' && difference.relation !== 'contains') return undefined;
  return onlyWhiteSpace(difference, say) ?? onlyCase(difference, say) ?? undefinedPrinted(difference, say);
}

function onlyWhiteSpace({ relation, expected, got }: Difference, say: CheckSay): Found | undefined {
  const folded = got.replace(/\s+/g, '');
  const wanted = expected.replace(/\s+/g, '');
  const same = wanted !== '' && (relation === 'equals' ? folded === wanted : folded.includes(wanted));
  if (!same) return undefined;
  return found('only-white-space', say('cause.only-white-space', { detail: describeSpace(expected, got) }), {
    next: say('cause.only-white-space.next'),
  });
}

function describeSpace(expected: string, got: string): string {
  const names: readonly [RegExp, string, string][] = [
    [/\n/g, 'line break', 'line breaks'],
    [/\t/g, 'tab', 'tabs'],
    [/\u00a0/g, 'no-break space', 'no-break spaces'],
    [/ /g, 'blank', 'blanks'],
  ];
  for (const [pattern, one, many] of names) {
    const wanted = expected.match(pattern)?.length ?? 0;
    const came = got.match(pattern)?.length ?? 0;
    if (wanted !== came) return `${came} ${came === 1 ? one : many} instead of ${wanted}`;
  }
  return 'it stands in another place';
}

function onlyCase({ relation, expected, got }: Difference, say: CheckSay): Found | undefined {
  const [wanted, came] = [expected.toLowerCase(), got.toLowerCase()];
  const same = wanted !== '' && (relation === 'equals' ? came === wanted : came.includes(wanted));
  return same ? found('only-case', say('cause.only-case'), { next: say('cause.only-case.next') }) : undefined;
}

function undefinedPrinted({ expected, got }: Difference, say: CheckSay): Found | undefined {
  const word = ['undefined', 'NaN', '[object Object]'].find((text) => got.includes(text) && !expected.includes(text));
  if (!word) return undefined;
  if (word === 'NaN') {
    return found('undefined-printed', say('cause.undefined-printed.nan'), {
      next: say('cause.undefined-printed.nan.next'),
    });
  }
  return found('undefined-printed', say('cause.undefined-printed', { word }), {
    next: say('cause.undefined-printed.next', { word }),
  });
}
