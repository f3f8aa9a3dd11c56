import type { Template, TextMatcher } from './course.ts';
import type { StatusSpec } from './http.ts';

/** One step of a browser that reads pages, follows links and sends forms as the page defines them. */
export interface HtmlStep {
  /** What it does; only looks where absent. */
  action?: HtmlAction;
  expect: PageExpectation;
  /** Values of the page for the steps after it, by name. */
  capture?: Readonly<Record<string, PageCapture>>;
  repeat?: HtmlRepeat;
}

/** A step that is done several times. */
export interface HtmlRepeat {
  times: number;
  /** By captured name: a list of the values that come, each at least once, and no others. */
  sees: Readonly<Record<string, Template>>;
}

export type HtmlAction =
  | { kind: 'open'; path: string }
  /** Follows a link: by its text, by a CSS selector, by a text of the page beside it. */
  | { kind: 'click'; text?: Template; css?: Template; near?: Template }
  | { kind: 'submit'; form: FormFinder; fill: Readonly<Record<string, Template>>; button?: Template };

/** Which form of the page is meant: the first that all of this is true of. */
export interface FormFinder {
  /** Fields that it has, by name or label. */
  has: readonly string[];
  css?: Template;
  /** A text of the page that it stands beside. */
  near?: Template;
}

export interface PageExpectation {
  /** Path that the browser has come to, after redirects. */
  path?: string;
  /** Default: any 2xx. */
  status?: StatusSpec;
  title?: TextMatcher;
  /** All text of the page that can be seen, white space folded. */
  text?: TextMatcher;
  elements?: readonly ElementExpectation[];
  /** The source of the page, as it was sent. */
  source?: TextMatcher;
}

/** What the elements that a CSS selector finds must be. */
export interface ElementExpectation {
  css: string;
  /** Exactly so many, or [least, most]; default: at least one. */
  count?: Template | readonly [Template, Template];
  /** One of them, with all of its attributes, has this text. */
  text?: TextMatcher;
  /** The same one is a form field that holds this, as a browser shows it. */
  value?: TextMatcher;
  attributes?: Readonly<Record<string, TextMatcher>>;
  /** The texts of all of them, in order. */
  texts?: Template;
}

/** Where a value is taken from on a page. */
export type PageCapture =
  | { from: 'element'; css: string; near?: string; attribute?: string; matches?: string }
  | { from: 'path'; matches: string };
