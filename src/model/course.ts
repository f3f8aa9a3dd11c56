import type { FilesSpec, WorkInputs } from './files.ts';
import type { HtmlStep } from './html.ts';
import type { HttpStep } from './http.ts';
import type { ModuleSpec } from './module.ts';
import type { DatabaseSpec, MongoSpec } from './mongo.ts';
import type { RequestsSpec, ServiceSpec } from './services.ts';
import type { Text } from './text.ts';
import type { NpmSpec, WatchSpec } from './tools.ts';

export const FORMAT_VERSION = 1;

/** A JSON-like value: what YAML data, givens and templates are made of. */
export type Value = string | number | boolean | null | readonly Value[] | { readonly [key: string]: Value };

/** What a course's index says of it: enough to list it without opening a manifest. */
export interface CourseIndex {
  formatVersion: typeof FORMAT_VERSION;
  id: string;
  version: string;
  title: Text;
  languages: readonly string[];
  tracks: readonly Track[];
  exercises: readonly ExerciseSummary[];
  /** Path of the glossary below the course folder, by language tag; absent when there is none. */
  glossary?: Readonly<Record<string, string>>;
}

export interface Track {
  id: string;
  title: Text;
  summary?: Text;
  lessons: readonly LessonSummary[];
}

export interface LessonSummary {
  id: string;
  title: Text;
  track: string;
  /** Path below the course folder, `/` between its parts, by language tag. */
  files: Readonly<Record<string, string>>;
  exercises: readonly string[];
  quiz: boolean;
}

export interface ExerciseSummary {
  id: string;
  title: Text;
  track: string;
  lesson: string;
  points: number;
  checks: number;
}

/** A course at hand: its index and where its files lie. */
export interface Course {
  index: CourseIndex;
  /** Absolute folder that holds `lessons/` and `exercises/`. */
  folder: string;
  /** True for the course that ships with the tutor. */
  builtIn: boolean;
}

/** An exercise's manifest after validation, every default filled in. */
export interface Exercise {
  id: string;
  title: Text;
  /** Candidate entry files, tried in order, before the learner's `package.json` main. */
  entry: readonly string[];
  /** Paths that the learner may change; empty: all of the starter. */
  files: readonly string[];
  packages: readonly string[];
  run: RunSpec;
  given: Readonly<Record<string, GivenSpec>>;
  /** Servers that the grader runs beside the submission, by name. */
  services: Readonly<Record<string, ServiceSpec>>;
  /** A MongoDB server for every run, empty but for the seed. */
  database?: DatabaseSpec;
  checks: readonly Check[];
  /** What is worth noticing in the solution, told after passing. */
  notice?: Text;
  wrong: Readonly<Record<string, WrongSpec>>;
}

export interface RunSpec {
  /** `program` starts anew for every check; `server` is started once and serves all of them. */
  kind: 'program' | 'server';
  nodeArgs: readonly string[];
  /** Environment variables of every run. */
  env: Readonly<Record<string, Template>>;
  /** Every run finds `key.pem` and `cert.pem` for localhost, and requests go over TLS. */
  certificate: boolean;
  limits: Partial<Limits>;
  /** What the exercise's subject needs beyond plain code. */
  grants: readonly Grant[];
}

export type Grant = 'workers' | 'children';

/** Caps on one run. Times in milliseconds, sizes in bytes. */
export interface Limits {
  time: number;
  output: number;
  heap: number;
  memory: number;
  processes: number;
  fileSize: number;
  /** All files that a run has written together. */
  disk: number;
}

/** How one value is made afresh for every run: one generator by name, its constraints, and an optional Liquid condition. */
export interface GivenSpec {
  generator: string;
  options: Readonly<Record<string, Value>>;
  /** A Liquid expression over the givens drawn so far and this one; drawn again until it is true. */
  where?: string;
}

export interface Check {
  id: string;
  title: Text;
  after?: string;
  points: number;
  /** What the server finds in its work folder; it is started anew for this check. */
  start?: WorkInputs;
  parts: readonly Part[];
  hints: readonly Text[];
}

/** One thing to look at, in the order written in the manifest; the first that fails fails the check. */
export type Part =
  | { kind: 'program'; spec: ProgramSpec }
  | { kind: 'module'; spec: ModuleSpec }
  | { kind: 'http'; spec: readonly HttpStep[] }
  | { kind: 'html'; spec: readonly HtmlStep[] }
  | { kind: 'npm'; spec: NpmSpec }
  | { kind: 'watch'; spec: WatchSpec }
  | { kind: 'nginx'; spec: NginxSpec }
  | { kind: 'files'; spec: FilesSpec }
  | { kind: 'mongo'; spec: MongoSpec }
  | { kind: 'requests'; spec: RequestsSpec }
  | { kind: 'script'; spec: ScriptSpec };
export type PartKind = Part['kind'];

/** Text or data with `{{ given }}` templates in it. A string that is one template alone keeps the given's type. */
export type Template = Value;

export interface ProgramSpec extends WorkInputs {
  args?: Template;
  stdin?: Template;
  /** File of the submission that is its stdin. */
  stdinFile?: string;
  /** Options for node itself, besides those of every run. */
  nodeArgs?: readonly string[];
  env?: Readonly<Record<string, Template>>;
  /** The version that `process.version` tells, so that a hard-coded one fails; without the `v`. */
  nodeVersion?: Template;
  stdout?: TextMatcher;
  stderr?: TextMatcher;
  /** Default 0; `nonzero` leaves the number open; `any` does not look. */
  exitCode: number | 'nonzero' | 'any';
  /** Most resident memory that it may have at any moment, in bytes. */
  peakMemory?: number;
}

/** The real nginx with the learner's configuration, in front of the exercise's server. */
export interface NginxSpec extends Omit<WorkInputs, 'cwd'> {
  /** File of the submission. */
  config: string;
  /** Sent to nginx; without any, the configuration only has to be valid. */
  http: readonly HttpStep[];
}

/** A program of the course that looks at what the run has left. */
export interface ScriptSpec {
  /** Below the exercise's folder `checks/`. */
  file: string;
  args?: Template;
}

/** What a text must be. All that are given must hold. */
export interface TextMatcher {
  equals?: Template;
  /** Each of these lines or pieces occurs. */
  contains?: readonly Template[];
  lacks?: readonly Template[];
  /** A JavaScript regular expression without slashes, in `u` mode. */
  matches?: string;
  /** The text is JSON and deeply equals this; key order does not matter. */
  json?: Template;
  /** One of its lines is a JSON object with such values, by path. */
  jsonLine?: Readonly<Record<string, ValueMatcher>>;
  /** The reference solution's output for the same givens. */
  from?: 'solution';
  empty?: boolean;
}

/** What one value of JSON data must be. All that are given must hold. */
export interface ValueMatcher {
  equals?: Template;
  oneOf?: readonly Template[];
  /** Anything but this. */
  not?: Template;
  /** Members that a map has at least. */
  has?: Template;
  /** A list holds an element that has at least this; a text holds this piece. */
  contains?: Template;
  /** The contrary of `contains`. */
  lacks?: Template;
  length?: Template;
  type?: 'string' | 'number' | 'boolean' | 'null' | 'list' | 'map';
  matches?: string;
  min?: Template;
  max?: Template;
  /** true: nothing is there. */
  absent?: boolean;
}

/** What the audit demands of `wrong/<name>/`. */
export interface WrongSpec {
  /** Id of the check at which it must fail first. */
  fails: string;
  /** Name of the cause that the learner must be shown. */
  cause?: string;
}
