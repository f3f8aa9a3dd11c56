export type ResultStatus = 'passed' | 'failed' | 'skipped' | 'broken';

/** Of one exercise: all results, points and time. Serializes to JSON as it stands; `schemaVersion` counts its breaking changes. */
export interface Verdict {
  schemaVersion: 1;
  course: { id: string; version: string };
  exercise: string;
  title: string;
  status: 'passed' | 'failed' | 'broken';
  results: readonly Result[];
  points: { earned: number; possible: number };
  milliseconds: number;
  seed: string;
  isolation: Isolation;
  /** `process.version` of the Node that ran the submission. */
  node: string;
  /** What did not fail it, but is worth knowing: left-over processes, an open port. */
  advice: readonly string[];
}

export interface Isolation {
  layer: LayerName;
  /** Why it is not a stronger one, when it is not. */
  reason?: string;
  /** Asked for as `strict`: nothing weaker would do, and under bubblewrap what runs write lies in memory of a fixed size. */
  strict?: true;
}
export type LayerName = 'bubblewrap' | 'unshare' | 'sandbox-exec' | 'guard' | 'none';

/** Of one check. */
export interface Result {
  check: string;
  title: string;
  status: ResultStatus;
  points: { earned: number; possible: number };
  milliseconds: number;
  failure?: Failure;
  /** Why it was skipped, or what broke. */
  reason?: SkipReason | BrokenReason;
  /** Hints in tiers: a nudge, the concept, nearly the line. */
  hints: readonly string[];
}

export type SkipReason =
  | { kind: 'after'; check: string; title: string }
  | { kind: 'absent'; tool: string; message: string };
export type BrokenReason = { kind: 'broken'; message: string; next?: string };

/** Why a check failed, as data; reporters lay it out. Its texts are in the job's language and may hold learner output, uncleaned. */
export interface Failure {
  /** One line: what was wrong. */
  summary: string;
  tried: Attempt;
  /** What differed, the one that matters first. */
  differences: readonly Difference[];
  /** What else was seen, such as an error on stderr. */
  observed: readonly Observation[];
  cause?: Cause;
  /** One next step. */
  next?: string;
}

export type Attempt =
  | { kind: 'command'; line: string; stdin?: string }
  /** Lines of JavaScript that use the learner's module. */
  | { kind: 'code'; code: string }
  | { kind: 'request'; method: string; target: string; body?: string; curl: string };

/** Two texts side by side: `what` names them ("stdout", "status", "body"). */
export interface Difference {
  what: string;
  /** How `expected` was meant: the whole text, or a piece that must (not) occur. */
  relation: 'equals' | 'contains' | 'lacks' | 'matches';
  expected: string;
  got: string;
  /** A note on differences that the eye misses ("the same but for a tab"). */
  note?: string;
}

export interface Observation {
  what: string;
  text: string;
}

/** A likely cause, known by name, with the learner's line where it was found. */
export interface Cause {
  name: string;
  text: string;
  location?: SourceLocation;
}

export interface SourceLocation {
  file: string;
  line: number;
  column: number;
  source: string;
  /** What stands under the caret. */
  label?: string;
}

/** Verdict from results. */
export function verdictStatus(results: readonly Result[]): Verdict['status'] {
  if (results.some((result) => result.status === 'broken')) return 'broken';
  return results.some((result) => result.status === 'failed') ? 'failed' : 'passed';
}
