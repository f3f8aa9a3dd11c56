/** One lesson in one language, parsed. */
export interface Lesson {
  id: string;
  title: string;
  track: string;
  exercises: readonly string[];
  /** Markdown without the front matter; quiz blocks taken out. */
  body: string;
  examples: readonly Example[];
  quiz: readonly Question[];
}

/** A runnable block and what it prints. */
export interface Example {
  language: string;
  code: string;
  args: readonly string[];
  /** What is typed to it. */
  stdin?: string;
  /** Files beside it, by path with `/` between its parts: those that the lesson has shown before. */
  files?: Readonly<Record<string, string>>;
  /** Expected output; undefined when the lesson does not show one. */
  output?: string;
  /** Line of the block in the lesson file, from 1. */
  line: number;
}

export interface Question {
  ask: string;
  choices: readonly string[];
  /** Index of the right choice, from 0. */
  answer: number;
  why: string;
}

/** The words of a course, explained. */
export interface Glossary {
  title: string;
  terms: readonly Term[];
}

export interface Term {
  /** The name by which links lead to it: `event-loop`. */
  id: string;
  term: string;
  /** Markdown. */
  text: string;
}
