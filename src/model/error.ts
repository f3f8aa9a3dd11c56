import type { Diagnostic } from './diagnostic.ts';

/** Exit codes of every command (documented in the README, stable). */
export const EXIT = { passed: 0, failed: 1, misuse: 2, tutorFailed: 3 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** An error meant for people: what happened, and what to do about it. */
export class TutorError extends Error {
  override name = 'TutorError';
  readonly exitCode: ExitCode;
  readonly next: string | undefined;
  readonly diagnostics: readonly Diagnostic[];

  constructor(
    message: string,
    options: { exitCode?: ExitCode; next?: string; diagnostics?: readonly Diagnostic[]; cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.exitCode = options.exitCode ?? EXIT.misuse;
    this.next = options.next;
    this.diagnostics = options.diagnostics ?? [];
  }
}

/** The `code` of a system error (`ENOENT`), or undefined. */
export function errorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/** What a system error means, in words for people; the raw message of any other. */
export function describeError(error: unknown): string {
  const code = errorCode(error);
  const path = error instanceof Error && 'path' in error && typeof error.path === 'string' ? `: ${error.path}` : '';
  if (code !== undefined && code in SYSTEM_ERRORS) return `${SYSTEM_ERRORS[code]}${path}`;
  return error instanceof Error ? error.message : String(error);
}

const SYSTEM_ERRORS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  EACCES: 'permission denied',
  EPERM: 'the system does not permit this',
  ENOSPC: 'the disk is full',
  EDQUOT: 'your disk quota is used up',
  EROFS: 'the file system is read-only',
  ENOTDIR: 'a file stands where a folder is needed',
  EISDIR: 'a folder stands where a file is needed',
  EMFILE: 'too many files are open',
  ENAMETOOLONG: 'the path is too long',
};
