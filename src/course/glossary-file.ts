import { Marked, type Tokens } from 'marked';
import { anchorOf } from '../model/anchor.ts';
import type { Diagnostic } from '../model/diagnostic.ts';
import type { Glossary, Term } from '../model/lesson.ts';
import { BASE_LANGUAGE } from '../model/text.ts';
import type { LinkedFile } from './link-check.ts';
import { readMarkdown } from './markdown.ts';
import { diagnosticAt, diagnosticOf, type Source } from './source.ts';
import { filesIn, readSource, type Tree } from './tree.ts';

const FILE_PATTERN = /^glossary(?:\.([A-Za-z-]+))?\.md$/;

/** A glossary in one language: `## term`, and the text under it. */
export interface GlossaryFile extends LinkedFile {
  glossary: Glossary;
  diagnostics: Diagnostic[];
}

/** The glossary of a course by language tag, from `lessons/glossary.md` and its translations. A course may have none. */
export async function readGlossaries(
  tree: Tree,
  languages: readonly string[],
): Promise<{ files: Record<string, GlossaryFile>; diagnostics: Diagnostic[] }> {
  const files: Record<string, GlossaryFile> = {};
  const diagnostics: Diagnostic[] = [];
  for (const name of filesIn(tree, 'lessons')) {
    const match = FILE_PATTERN.exec(name);
    if (match === null) continue;
    const file = `lessons/${name}`;
    const tag = match[1] ?? BASE_LANGUAGE;
    const read = await readSource(tree, file);
    if ('diagnostic' in read) diagnostics.push(read.diagnostic);
    else if (!languages.includes(tag)) {
      const fix = `Its languages are ${languages.join(', ')}.`;
      diagnostics.push(diagnosticOf(file, { message: `course.yaml does not name the language \`${tag}\``, fix }));
    } else {
      const glossary = readGlossaryFile(read.source);
      files[tag] = glossary;
      diagnostics.push(...glossary.diagnostics);
    }
  }
  const [translation] = Object.values(files);
  if (translation !== undefined && files[BASE_LANGUAGE] === undefined) {
    const fault = { message: 'the English glossary is missing', fix: 'Put lessons/glossary.md beside it.' };
    diagnostics.push(diagnosticOf(translation.source.file, fault));
  }
  return { files, diagnostics };
}

/** Reads one glossary file. */
export function readGlossaryFile(source: Source): GlossaryFile {
  const { links, anchors, diagnostics } = readMarkdown(source, { start: 0, end: source.text.length });
  const terms: Term[] = [];
  let title = 'Glossary';
  let offset = 0;
  for (const token of new Marked().lexer(source.text)) {
    const range = { start: offset, end: offset + token.raw.length };
    offset = range.end;
    const last = terms.at(-1);
    if (token.type === 'heading') {
      const { depth, text } = token as Tokens.Heading;
      if (depth === 1) title = text;
      else if (terms.some(({ id }) => id === anchorOf(text))) {
        diagnostics.push(diagnosticAt(source, range, { message: `the term \`${text}\` is there twice` }));
      } else terms.push({ id: anchorOf(text), term: text, text: '' });
    } else if (last !== undefined) last.text += token.raw;
  }
  return { source, links, anchors, diagnostics, glossary: { title, terms: terms.map(trimmed) } };
}

function trimmed({ text, ...term }: Term): Term {
  return { ...term, text: text.trim() };
}
