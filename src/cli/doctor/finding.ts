import { describeError, TutorError } from '../../model/error.ts';

/** One thing that was looked at. */
export interface Finding {
  what: string;
  /** `note`: not as good as it could be, but everything works. */
  status: 'ok' | 'note' | 'bad';
  text: string;
  remedy?: string;
  /** How the tutor itself can mend it. */
  fix?: {
    /** As a question names it: `remove what a killed tutor left`. */
    what: string;
    /** @throws what prevents it */
    mend(): Promise<void>;
  };
}

/** A finding that is an error. */
export function bad(what: string, error: unknown): Finding {
  const remedy = error instanceof TutorError && error.next !== undefined ? { remedy: error.next } : {};
  return { what, status: 'bad', text: describeError(error), ...remedy };
}
