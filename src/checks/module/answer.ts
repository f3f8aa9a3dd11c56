import { type Decoded, decode, items, member } from './decode.ts';

/** What came of a step, as the learner's process says; its shape is checked, its truth is not. */
export type ReadAnswer =
  | { is: 'value'; got: Decoded; module?: 'commonjs' | 'esm' }
  | { is: 'threw'; got: Decoded; stack: string }
  | { is: 'never' }
  | { is: 'calls'; calls: readonly Decoded[]; drained: boolean }
  | { is: 'missing'; at: string; keys: readonly string[]; on: Decoded }
  | { is: 'unfit'; for: string; got: Decoded };

const UNFIT = ['call', 'new', 'on', 'emit', 'await'];

/** Reads an answer of any shape; undefined when it is none. */
export function readAnswer(answer: unknown): ReadAnswer | undefined {
  const value = member(answer, 'value');
  switch (member(answer, 'is')) {
    case 'value': {
      const kind = member(answer, 'module');
      const isKind = kind === 'commonjs' || kind === 'esm';
      return { is: 'value', got: decode(value), ...(isKind ? { module: kind } : {}) };
    }
    case 'threw':
      return { is: 'threw', got: decode(value), stack: stackOf(value) };
    case 'never':
      return { is: 'never' };
    case 'calls': {
      const calls = items(member(answer, 'calls')).map((args) => decode({ t: 'array', v: args }));
      return { is: 'calls', calls, drained: member(answer, 'drained') === true };
    }
    case 'missing': {
      const keys = items(member(answer, 'keys')).filter((key) => typeof key === 'string');
      return { is: 'missing', at: String(member(answer, 'at')), keys, on: decode(member(answer, 'on')) };
    }
    case 'unfit': {
      const purpose = String(member(answer, 'for'));
      return UNFIT.includes(purpose) ? { is: 'unfit', for: purpose, got: decode(value) } : undefined;
    }
    default:
      return undefined;
  }
}

/** The stack of an error, with its code as Node.js prints it. */
function stackOf(error: unknown): string {
  const stack = String(member(error, 'stack') ?? '');
  const code = items(member(error, 'v')).find((entry) => items(entry)[0] === 'code');
  return code === undefined ? stack : `${stack}\n  code: '${String(items(code)[1])}'\n`;
}
