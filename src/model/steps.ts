/** One step of a module run as the learner's process is told it: nothing of what is expected. */
export type WireStep =
  /** `path` counts from the work folder; `exact` says that it is a file and no more is looked for. */
  | { do: 'import'; path: string; exact: boolean; as?: string }
  | { do: 'get'; of: readonly string[]; as?: string }
  | { do: 'await'; of: readonly string[]; as?: string }
  | { do: 'call'; of: readonly string[]; args: readonly WireValue[]; awaits: boolean; as?: string }
  | { do: 'new'; of: readonly string[]; args: readonly WireValue[]; as?: string }
  | { do: 'on'; of: readonly string[]; event: string; as?: string }
  | { do: 'emit'; of: readonly string[]; event: string; args: readonly WireValue[]; as?: string }
  | { do: 'called'; of: readonly string[]; as?: string };

/** JSON, in which a map with one `$` key stands for what JSON has no words for. */
export type WireValue = string | number | boolean | null | readonly WireValue[] | { readonly [key: string]: WireValue };

/** A module run: its steps, and the word that its reports must carry. */
export interface StepRun {
  token: string;
  steps: readonly WireStep[];
}

/** A value as the learner's process describes it. Untrusted: a hostile process may describe whatever it likes. */
export type Encoded =
  | string
  | number
  | boolean
  | null
  | { t: 'undefined' | 'promise' | 'weak' }
  | { t: 'number' | 'bigint' | 'symbol' | 'regexp'; v: string }
  | { t: 'date'; v: number | null }
  | { t: 'bytes'; c: string; v: string }
  | { t: 'function'; name: string; constructs: boolean; isClass: boolean; v?: readonly [string, Encoded][] }
  | { t: 'array' | 'set'; v: readonly Encoded[] }
  | { t: 'map'; v: readonly (readonly [Encoded, Encoded])[] }
  | { t: 'object'; c: string | null; v: readonly (readonly [string, Encoded])[]; emitter?: true; module?: true }
  | {
      t: 'error';
      c: string;
      name: string;
      message: string;
      stack: string;
      v: readonly (readonly [string, Encoded])[];
    }
  /** The object so many levels above this place. */
  | { t: 'cycle'; up: number }
  /** Left out, because it is too much. */
  | { t: 'cut' }
  /** Reading it threw this. */
  | { t: 'threw'; v: string };

/** What came of one step. */
export type Answer =
  | { is: 'value'; value: Encoded; module?: 'commonjs' | 'esm' }
  | { is: 'threw'; value: Encoded }
  /** The promise cannot settle anymore: nothing is left to happen. */
  | { is: 'never' }
  | { is: 'calls'; calls: readonly (readonly Encoded[])[]; drained: boolean }
  /** A member of the path is not there; `keys` are those that are. */
  | { is: 'missing'; at: string; keys: readonly string[]; on: Encoded }
  | { is: 'unfit'; for: 'call' | 'new' | 'on' | 'emit' | 'await'; value: Encoded };

/** What stands in stdout between the prints of one step and the next. */
export function stepMark(token: string): string {
  return `\0${token}\0`;
}
