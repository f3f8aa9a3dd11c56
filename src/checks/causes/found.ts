import type { Cause, SourceLocation } from '../../model/verdict.ts';

/** A likely cause, and the step that mends it. */
export interface Found {
  cause: Cause;
  next: string;
}

/** A cause by name, its place optional. */
export function found(
  name: string,
  text: string,
  rest: { next: string; location?: SourceLocation | undefined },
): Found {
  return { cause: { name, text, ...(rest.location ? { location: rest.location } : {}) }, next: rest.next };
}
