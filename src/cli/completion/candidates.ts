import type { CourseIndex } from '../../model/course.ts';
import { pickText } from '../../model/text.ts';
import { COMMANDS, type CommandContract, type Completes, GLOBAL_OPTIONS, type OptionContract } from '../contract.ts';

/** One word that could stand where the cursor is. */
export interface Candidate {
  value: string;
  /** One line; empty where the word says it. */
  text: string;
}

/** What is to be completed: words, or files, which the shell knows best. */
export type Completion = { kind: 'words'; words: readonly Candidate[] } | { kind: 'files' };

/**
 * What could stand in the place of the last word.
 * @param words what is typed behind `node-tutor`; the last one may be empty
 * @param index the course's, asked for only where ids are wanted
 */
export async function complete(
  words: readonly string[],
  { index, language }: { index: () => Promise<CourseIndex>; language: string },
): Promise<Completion> {
  const current = words.at(-1) ?? '';
  const wanted = wantedAt(words.slice(0, -1), current);
  if (wanted === 'file') return { kind: 'files' };
  const all = isKind(wanted) ? idsOf(wanted, await index(), language) : wanted;
  return { kind: 'words', words: all.filter(({ value }) => value.startsWith(current)) };
}

type Kind = Exclude<Completes, 'file' | readonly string[]>;

function isKind(wanted: Kind | readonly Candidate[]): wanted is Kind {
  return typeof wanted === 'string';
}

function wantedAt(before: readonly string[], current: string): Kind | 'file' | readonly Candidate[] {
  const typed = before.filter((word, index) => !isValue(before, index) && !word.startsWith('-'));
  const command: CommandContract | undefined = COMMANDS.find(({ name }) => name === typed[0]);
  const options = [...(command?.options ?? []), ...GLOBAL_OPTIONS];
  const open = options.find(({ flags }) => takesValue(flags) && nameOf(flags) === before.at(-1));
  if (open !== undefined) return open.choices?.map(word) ?? candidates(open.completes);
  if (current.startsWith('-')) {
    return [...options, { flags: '--help', summary: 'help on this command' }]
      .filter(({ flags }) => !before.includes(nameOf(flags)))
      .map(({ flags, summary }) => ({ value: nameOf(flags), text: summary }));
  }
  if (typed.length === 0) return COMMANDS.map(({ name, summary }) => ({ value: name, text: summary }));
  const { completes = [], arguments: named = '' } = command ?? {};
  const place = typed.length - 1;
  const isMany = named.includes('...');
  return candidates(completes[place] ?? (isMany ? completes.at(-1) : undefined));
}

function candidates(completes: Completes | undefined): Kind | 'file' | readonly Candidate[] {
  if (completes === undefined) return [];
  return typeof completes === 'string' ? completes : completes.map(word);
}

function word(value: string): Candidate {
  return { value, text: '' };
}

/** True for the value of the option before it. */
function isValue(words: readonly string[], index: number): boolean {
  const all: readonly OptionContract[] = [
    ...GLOBAL_OPTIONS,
    ...COMMANDS.flatMap((command: CommandContract) => command.options ?? []),
  ];
  return all.some(({ flags }) => takesValue(flags) && nameOf(flags) === words[index - 1]);
}

function takesValue(flags: string): boolean {
  return flags.includes('<');
}

function nameOf(flags: string): string {
  return flags.split(' ')[0] ?? '';
}

function idsOf(kind: Kind, { tracks, exercises, glossary }: CourseIndex, language: string): Candidate[] {
  const described = (items: readonly { id: string; title: CourseIndex['title'] }[]) =>
    items.map(({ id, title }) => ({ value: id, text: pickText(title, language) }));
  const lessons = tracks.flatMap((track) => track.lessons);
  switch (kind) {
    case 'track':
      return described(tracks);
    case 'exercise':
      return described(exercises);
    case 'quiz':
      return described(lessons.filter(({ quiz }) => quiz));
    case 'any-id':
      return described([...exercises, ...lessons]);
    case 'lesson':
      return [...described(lessons), ...(glossary === undefined ? [] : [word('glossary')])];
  }
}
