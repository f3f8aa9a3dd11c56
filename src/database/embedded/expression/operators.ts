import { ACCUMULATOR_EXPRESSIONS } from './accumulator-expressions.ts';
import { ARITHMETIC } from './arithmetic.ts';
import { ARRAY_LOOPS } from './array-loops.ts';
import { ARRAYS } from './arrays.ts';
import { COMPARISON } from './comparison.ts';
import { CONDITIONAL } from './conditional.ts';
import { CONVERSION } from './conversion.ts';
import { DATE_ARITHMETIC } from './date-arithmetic.ts';
import { DATE_FORMATS } from './date-format.ts';
import { DATES } from './dates.ts';
import { FUNCTIONS } from './functions.ts';
import { OBJECTS } from './objects.ts';
import { merged, type Operators } from './operator.ts';
import { REGEX } from './regex.ts';
import { SETS } from './sets.ts';
import { STRINGS } from './strings.ts';
import { TYPES } from './types.ts';

/** All operators of expressions. */
export const OPERATORS: Operators = merged(
  ARITHMETIC,
  FUNCTIONS,
  COMPARISON,
  CONDITIONAL,
  STRINGS,
  REGEX,
  ARRAYS,
  ARRAY_LOOPS,
  SETS,
  OBJECTS,
  DATES,
  DATE_FORMATS,
  DATE_ARITHMETIC,
  CONVERSION,
  TYPES,
  ACCUMULATOR_EXPRESSIONS,
);
