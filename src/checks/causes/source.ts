import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { AnyNode, Program } from 'acorn';
import type { SourceLocation } from '../../model/verdict.ts';

/** How many files of a submission are parsed. */
const MOST_FILES = 50;

/** One line of a file, counted from 1; undefined when it is not there. */
export async function sourceLine(file: string, line: number): Promise<string | undefined> {
  const source = await readSource(file);
  return source?.split(/\r?\n/)[line - 1];
}

/** A learner's file as text, or undefined when it cannot be read. */
async function readSource(file: string): Promise<string | undefined> {
  return readFile(file, 'utf8').catch(() => undefined);
}

/** A parsed file: its tree, and how to turn a node into a place for the learner. */
export interface ParsedSource {
  program: Program;
  text: string;
  locate(node: Pick<AnyNode, 'start'>, label?: string): SourceLocation;
}

/** Parses a file of the learner's with acorn, as a module or else as a script; undefined when it does not parse. */
export async function parseSource(folder: string, file: string): Promise<ParsedSource | undefined> {
  const source = await readSource(path.join(folder, file));
  if (source === undefined) return undefined;
  const { parse, getLineInfo } = await import('acorn');
  const options = { ecmaVersion: 'latest', allowHashBang: true, allowReturnOutsideFunction: true } as const;
  for (const sourceType of ['module', 'script'] as const) {
    try {
      const program = parse(source, { ...options, sourceType });
      return {
        program,
        text: source,
        locate: (node, label) => {
          const { line, column } = getLineInfo(source, node.start);
          const text = source.split(/\r?\n/)[line - 1] ?? '';
          return { file, line, column: column + 1, source: text, ...(label ? { label } : {}) };
        },
      };
    } catch {}
  }
  return undefined;
}

/** Parses the learner's own files, in all folders but those of packages; what does not parse is left out. */
export async function parseFolder(folder: string): Promise<ParsedSource[]> {
  const names = await readdir(folder, { recursive: true }).catch(() => []);
  const own = names.filter((name) => /\.[cm]?js$/.test(name) && !name.split(path.sep).includes('node_modules'));
  const parsed = await Promise.all(
    own.slice(0, MOST_FILES).map((name) => parseSource(folder, name.replaceAll(path.sep, '/'))),
  );
  return parsed.filter((source) => source !== undefined);
}
