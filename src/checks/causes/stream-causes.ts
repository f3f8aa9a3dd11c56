import type { CheckContext } from '../../model/context.ts';
import type { SourceLocation } from '../../model/verdict.ts';
import type { CheckSay } from '../messages.ts';
import type { FailedProgram } from '../program.ts';
import type { PrintedError } from './error-output.ts';
import { type Found, found } from './found.ts';
import { scripts } from './memory-causes.ts';
import { calledName, sitesOf } from './scopes.ts';
import { parseSource } from './source.ts';

/** Streams by their class, and the calls that make them. */
const MAKERS: readonly (readonly [RegExp, RegExp])[] = [
  [/^ReadStream$/, /^createReadStream$/],
  [/^WriteStream$/, /^createWriteStream$/],
  [/^(Gzip|Gunzip|Unzip|Deflate|Inflate|Brotli\w+)$/, /^create(Gzip|Gunzip|Unzip|Deflate|Inflate|Brotli\w+)$/],
  [/^(Readable|Writable|Duplex|Transform|PassThrough)$/, /^(Readable|Writable|Duplex|Transform|PassThrough)$/],
];

/** An error of a stream that ended the program: a write after its end, or one that nobody listens for. */
export async function streamError(
  error: PrintedError,
  { stderr, context, say }: { stderr: string; context: CheckContext; say: CheckSay },
): Promise<Found | undefined> {
  if (error.code === 'ERR_STREAM_WRITE_AFTER_END') {
    return found('write-after-end', say('cause.write-after-end'), {
      next: say('cause.write-after-end.next'),
      location: error.location,
    });
  }
  const stream = /Emitted 'error' event on (\w+) instance/.exec(stderr)?.[1];
  const maker = stream === undefined ? undefined : MAKERS.find(([name]) => name.test(stream))?.[1];
  if (maker === undefined) return undefined;
  return found('stream-error-unheard', say('cause.stream-error-unheard', { message: error.message }), {
    next: say('cause.stream-error-unheard.next'),
    location: error.location ?? (await firstCall(context, maker)),
  });
}

/** Text with the sign for bytes that are no character, where whole characters were expected. */
export async function cutCharacter(
  { outcome, differences }: FailedProgram,
  context: CheckContext,
  say: CheckSay,
): Promise<Found | undefined> {
  const isCut = differences.some(
    ({ what, expected, got }) => what === 'stdout' && got.includes('\ufffd') && !expected.includes('\ufffd'),
  );
  // Bytes that are no UTF-8 came from something else, such as another encoding.
  if (!isCut || outcome.stdout.invalidUtf8) return undefined;
  return found('cut-character', say('cause.cut-character'), {
    next: say('cause.cut-character.next'),
    location: await firstCall(context, /^(toString|String)$/),
  });
}

async function firstCall({ submission, entry }: CheckContext, name: RegExp): Promise<SourceLocation | undefined> {
  for (const file of await scripts(submission, entry)) {
    const source = await parseSource(submission, file);
    const sites = source === undefined ? [] : await sitesOf(source.program);
    const site = sites.find(({ node }) => name.test(calledName(node) ?? ''));
    if (site !== undefined) return source?.locate(site.node);
  }
  return undefined;
}
