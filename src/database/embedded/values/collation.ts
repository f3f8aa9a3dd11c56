import { byBytes, type TextOrder } from './compare.ts';
import { type Document, isDocument } from './document.ts';
import type { TextFold } from './identity.ts';
import { isNullish, toNumber } from './types.ts';

/** How an operation orders texts, and which texts it takes for equal. */
export interface Collation {
  order: TextOrder;
  /** Undefined when only the same text is equal. */
  fold: TextFold | undefined;
}

const SIMPLE: Collation = { order: byBytes, fold: undefined };

/**
 * The order that a collation document describes, by `Intl.Collator`.
 *
 * @see https://www.mongodb.com/docs/manual/reference/collation/
 */
export function collationOf(spec: unknown): Collation {
  if (!isDocument(spec) || isNullish(spec.locale) || spec.locale === 'simple') {
    return SIMPLE;
  }
  const strength = isNullish(spec.strength) ? 3 : toNumber(spec.strength);
  const collator = new Intl.Collator(String(spec.locale).replace('_', '-'), {
    sensitivity: sensitivity(strength, spec.caseLevel === true),
    numeric: spec.numericOrdering === true,
    caseFirst: spec.caseFirst === 'upper' || spec.caseFirst === 'lower' ? spec.caseFirst : 'false',
    ignorePunctuation: spec.alternate === 'shifted',
  });
  return {
    order: (left, right) => Math.sign(collator.compare(left, right)),
    fold: strength < 3 ? folding(strength, spec) : undefined,
  };
}

function sensitivity(strength: number, caseLevel: boolean): 'base' | 'accent' | 'case' | 'variant' {
  if (strength === 1) {
    return caseLevel ? 'case' : 'base';
  }
  return strength === 2 && !caseLevel ? 'accent' : 'variant';
}

function folding(strength: number, spec: Document): TextFold {
  return (text) => {
    const letters = strength === 1 ? text.normalize('NFD').replace(/\p{M}/gu, '') : text;
    return (spec.caseLevel === true ? letters : letters.toLowerCase()).normalize('NFC');
  };
}
