import { ARITHMETIC } from './arithmetic.ts';
import { COMPARISON } from './comparison.ts';
import { CONDITIONAL } from './conditional.ts';
import { FUNCTIONS } from './functions.ts';
import { merged, type Operators } from './operator.ts';

/** All operators of expressions. */
export const OPERATORS: Operators = merged(ARITHMETIC, FUNCTIONS, COMPARISON, CONDITIONAL);
