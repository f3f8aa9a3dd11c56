import type { Template, TextMatcher, ValueMatcher } from './course.ts';

export type HttpMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'HEAD' | 'OPTIONS';

/** One request, several at the same time, one again and again, or a look at the server's processes. */
export type HttpStep = HttpRequest | HttpTogether | HttpRepeat | HttpKill | HttpStarted;

export interface HttpRequest {
  /** Tried in turn until one has a route: `patch` and `put` beside each other leave open which the learner chose. */
  methods: readonly HttpMethod[];
  path: string;
  query?: Readonly<Record<string, Template>>;
  headers?: Readonly<Record<string, Template>>;
  form?: Readonly<Record<string, Template>>;
  multipart?: Readonly<Record<string, MultipartField>>;
  json?: Template;
  body?: string;
  /** Sent so often, one after the other; the last answer is looked at. */
  times?: number;
  expect: HttpExpectation;
  /** Values of the answer for the steps after it, by name. */
  capture?: Readonly<Record<string, Capture>>;
}

export interface HttpTogether {
  /** Sent at the same time. */
  together: readonly HttpRequest[];
  /** Paths of these requests in the order in which their answers must be complete; those not named may come at any time. */
  finish?: readonly string[];
  /** A path that is asked over and over meanwhile. None of its answers may take half as long as these requests together. */
  free?: string;
}

/** A request that is sent again and again, until its one captured value has come in so many different ones. */
export interface HttpRepeat {
  repeat: HttpRequest;
  different: Template;
}

/** Ends a process of the server's run by its id, which must be another than the first one's. */
export interface HttpKill {
  kill: Template;
}

/** How many processes the first one has started that still run. */
export interface HttpStarted {
  started: Template;
}

/** A field of a multipart form: a text, or a file where it has a name. Its content is a text, bytes, or `size` bytes of anything. */
export interface MultipartField {
  file?: string;
  /** The file's media type. */
  type?: string;
  text?: Template;
  base64?: string;
  size?: number;
}

/** Where a value is taken from in an answer. */
export type Capture =
  | { from: 'json'; path: string }
  | { from: 'header' | 'cookie'; name: string; matches?: string }
  | { from: 'body'; matches: string };

/** A number, or a class such as `4xx`; or several of them, each as good. */
export type StatusSpec = number | string | readonly (number | string)[];

export interface HttpExpectation {
  status?: StatusSpec;
  /** `html`, `json`, `text`, or a whole media type. */
  type?: string;
  headers?: Readonly<Record<string, TextMatcher>>;
  /** Cookies that the answer sets. */
  cookies?: Readonly<Record<string, TextMatcher>>;
  body?: TextMatcher;
  /** The whole body as JSON. */
  json?: Template;
  /** Members that the body's JSON has at least. */
  jsonHas?: Template;
  /** Values in the body's JSON by path, such as `posts.0.name`. */
  at?: Readonly<Record<string, ValueMatcher>>;
  /** Target path of a redirect. */
  redirect?: string;
  /** What the server prints, on stdout or stderr, while it answers. */
  prints?: TextMatcher;
}
