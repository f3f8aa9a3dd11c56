import { realpathSync } from 'node:fs';
import type { Course } from '../model/course.ts';
import type { Glossary, Term } from '../model/lesson.ts';
import { pickText } from '../model/text.ts';
import { findById } from './find.ts';
import { courseError, readBuilt } from './open.ts';

/** What stands where a lesson's id would. */
export const GLOSSARY_ID = 'glossary';

/**
 * The glossary of a course in a language, or in the nearest that there is; undefined when the course has none.
 * @throws {TutorError} when its file has faults
 */
export async function loadGlossary(course: Course, language: string): Promise<Glossary | undefined> {
  const { glossary: files } = course.index;
  if (files === undefined) return undefined;
  const tag = pickText(Object.fromEntries(Object.keys(files).map((each) => [each, each])), language);
  if (course.builtIn) return readBuilt(course.folder, `${GLOSSARY_ID}.${tag}.json`) as Glossary;
  const file = files[tag] ?? '';
  const [{ walkTree, readSource }, { readGlossaryFile }] = await Promise.all([
    import('./tree.ts'),
    import('./glossary-file.ts'),
  ]);
  const { tree, diagnostics } = await walkTree(realpathSync(course.folder), [file]);
  const read = await readSource(tree, file);
  if ('diagnostic' in read) throw courseError(course.folder, process.cwd(), [...diagnostics, read.diagnostic]);
  const found = readGlossaryFile(read.source);
  if (found.diagnostics.length > 0) throw courseError(course.folder, process.cwd(), found.diagnostics);
  return found.glossary;
}

/**
 * A term by its name or its id: `event loop`, `event-loop`.
 * @throws {TutorError} with the nearest ids when there is none
 */
export function findTerm({ terms }: Glossary, name: string): Term {
  return findById(terms, name.trim().toLowerCase().replace(/\s+/g, '-'), 'term');
}
