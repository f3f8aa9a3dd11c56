import type { Cause, SourceLocation } from '../../model/verdict.ts';

/** A likely cause, and the step that mends it. */
export interface Found {
  cause: Cause;
  next: string;
  /** The program ended with an error, so that what it printed until then says little. */
  isError?: true;
}

/** A cause by name, its place optional. */
export function found(
  name: string,
  text: string,
  rest: { next: string; location?: SourceLocation | undefined },
): Found {
  return { cause: { name, text, ...(rest.location ? { location: rest.location } : {}) }, next: rest.next };
}
