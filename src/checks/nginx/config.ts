/** A directive of an nginx configuration: its words, where they stand, and what is in its braces. */
export interface Directive {
  words: readonly Word[];
  /** Offsets of the whole directive, its end or closing brace included. */
  start: number;
  end: number;
  /** Of what stands in braces; undefined where it has none. */
  block?: readonly Directive[];
  /** Offset just behind the opening brace. */
  open?: number;
}

export interface Word {
  text: string;
  start: number;
  end: number;
}

/** Why a configuration cannot be read, and where. */
export interface ConfigFault {
  problem: 'unclosed' | 'unopened' | 'unended' | 'quote';
  at: number;
}

const TOKEN =
  /#[^\n]*|"(?:\\[\s\S]|[^"\\])*"|'(?:\\[\s\S]|[^'\\])*'|[;{}]|(?:\\[\s\S]|\$\{[^}]*\}|[^\s;{}"'\\])(?:\\[\s\S]|\$\{[^}]*\}|[^\s;{}\\])*|["']/g;

interface Open {
  directives: Directive[];
  /** What stands before the brace, and where that is. */
  head?: { words: readonly Word[]; start: number; open: number };
}

interface Reading {
  /** The blocks that are open, outermost first. */
  stack: Open[];
  /** Of the directive that is being read. */
  words: Word[];
}

/** Reads a configuration as nginx does, without knowing its directives. */
export function parseConfig(text: string): readonly Directive[] | ConfigFault {
  const reading: Reading = { stack: [{ directives: [] }], words: [] };
  for (const { 0: token, index: start } of text.matchAll(TOKEN)) {
    const fault = token.startsWith('#') ? undefined : readToken(reading, token, start);
    if (fault) return fault;
  }
  const [bottom, unclosed] = reading.stack;
  if (reading.words[0]) return { problem: 'unended', at: reading.words[0].start };
  if (unclosed?.head) return { problem: 'unclosed', at: unclosed.head.start };
  return bottom?.directives ?? [];
}

function readToken(reading: Reading, token: string, start: number): ConfigFault | undefined {
  const { stack, words } = reading;
  const end = start + token.length;
  switch (token) {
    case '"':
    case "'":
      return { problem: 'quote', at: start };
    case ';':
      if (words[0]) stack.at(-1)?.directives.push({ words, start: words[0].start, end });
      break;
    case '{':
      stack.push({ directives: [], head: { words, start: words[0]?.start ?? start, open: end } });
      break;
    case '}':
      if (words[0]) return { problem: 'unended', at: words[0].start };
      return closeBlock(stack, start);
    default:
      words.push({ text: unquoted(token), start, end });
      return undefined;
  }
  reading.words = [];
  return undefined;
}

function closeBlock(stack: Open[], start: number): ConfigFault | undefined {
  const closed = stack.at(-1);
  if (closed?.head === undefined) return { problem: 'unopened', at: start };
  stack.pop();
  const { head, directives } = closed;
  stack.at(-1)?.directives.push({ ...head, end: start + 1, block: directives });
  return undefined;
}

function unquoted(token: string): string {
  return /^["']/.test(token) ? token.slice(1, -1) : token;
}

/** The name of a directive. */
export function nameOf({ words }: Directive): string {
  return words[0]?.text ?? '';
}

/** What follows the name. */
export function argsOf({ words }: Directive): string[] {
  return words.slice(1).map(({ text }) => text);
}

/** All directives with those around them, outermost first. */
export function* walk(
  directives: readonly Directive[],
  around: readonly Directive[] = [],
): Generator<{ directive: Directive; around: readonly Directive[] }> {
  for (const directive of directives) {
    yield { directive, around };
    if (directive.block) yield* walk(directive.block, [...around, directive]);
  }
}

/** The line of an offset, counted from 1. */
export function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}
