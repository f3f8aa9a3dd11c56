import type { CheckContext, Ran, RunningServer } from '../../model/context.ts';
import type { RunningProgram } from '../../model/run.ts';
import { type CookieJar, createJar } from './cookies.ts';
import { type Exchange, isAtRest, outcomeWithin, send } from './request.ts';
import type { Wire } from './wire.ts';

/** One request with what came of it. */
export interface Exchanged {
  request: Wire;
  exchange: Exchange;
  /** What the server printed on stderr since the request was sent. */
  stderr: string;
  /** What it printed on stdout and stderr since then. */
  printed: string;
  server: RunningServer;
  /** Whether the server has ended by now. */
  isDown: boolean;
  /** The last request with a body, this one or one before it. */
  sent?: Wire;
}

/** How EJS shows the line of a page that could not be made. */
const FAILED_VIEW = /\.ejs:\d+\n(?:.*\n){0,6}? >> \d+\|/;

/** A client of the exercise's server, with the cookies that it was given, for one part of a check. */
export interface Client {
  /** Sends a request and waits until the server has come to rest. */
  send(request: Wire): Promise<Exchanged>;
  /** Sends requests at the same time; they come back in the order in which their answers were complete. */
  sendTogether(requests: readonly Wire[]): Promise<Exchanged[]>;
  /** Asks for a path over and over until something is done; the longest that an answer took, in milliseconds. */
  longestWait(target: string, done: Promise<unknown>): Promise<number>;
  /** Requests so far with their answers, a line each. */
  readonly history: readonly string[];
  /** Adds a line of what happened besides requests. */
  note(line: string): void;
  /** The last exchange; there must have been one. */
  last(): Exchanged;
  /** The run that the server is, once it was up. */
  ran(): Ran | undefined;
}

export function openClient(context: CheckContext): Client {
  const jar = createJar();
  const history: string[] = [];
  let ran: Ran | undefined;
  let sent: Wire | undefined;
  let last: Exchanged | undefined;

  async function sendTogether(requests: readonly Wire[]): Promise<Exchanged[]> {
    const server = await context.server();
    sent = requests.findLast(({ body }) => body !== undefined) ?? sent;
    const body = sent === undefined ? {} : { sent };
    if (!server.up) {
      const down = {
        exchange: { kind: 'closed' } as const,
        stderr: server.outcome.stderr.text,
        printed: '',
        server,
        isDown: true,
      };
      return requests.map((request) => ({ request, ...down, ...body }));
    }
    ran = { work: server.work, input: { args: [], env: {} } };
    const before = server.program.output();
    const cookie = jar.header();
    const finished: { request: Wire; exchange: Exchange }[] = [];
    await Promise.all(
      requests.map(async (request) => {
        const headers = cookie === undefined ? request.headers : { cookie, ...request.headers };
        const wire = { ...request, headers, port: server.port, ca: server.ca };
        let exchange = await send(wire);
        for (let sent = 1; sent < (request.times ?? 1) && exchange.kind === 'answer'; sent += 1)
          exchange = await send(wire);
        finished.push({ request, exchange });
      }),
    );
    const isTelling = finished.some(({ exchange }) => TELLING.has(exchange.kind));
    const isDown = isTelling && !(await isAtRest(server)) && (await hasEnded(server.program));
    const after = server.program.output();
    const stderr = after.stderr.slice(before.stderr.length);
    const printed = after.stdout.slice(before.stdout.length) + stderr;
    for (const { request, exchange } of finished) remember(request, exchange, jar);
    const all = finished.map((one) => ({ ...one, stderr, printed, server, isDown, ...body }));
    last = all.at(-1) ?? last;
    return all;
  }

  async function longestWait(target: string, done: Promise<unknown>): Promise<number> {
    let isOver = false;
    const over = () => {
      isOver = true;
    };
    done.then(over, over);
    const server = await context.server();
    let longest = 0;
    while (!isOver && server.up) {
      const start = performance.now();
      await send({ method: 'GET', target, headers: {}, port: server.port, ca: server.ca });
      longest = Math.max(longest, performance.now() - start);
      await new Promise((resolve) => setTimeout(resolve, ASKING_PAUSE));
    }
    return longest;
  }

  function remember({ method, target }: Wire, exchange: Exchange, cookies: CookieJar): void {
    if (exchange.kind !== 'answer') return;
    const { status, statusText, headers, setCookie } = exchange.answer;
    cookies.store(setCookie);
    const to = headers.location === undefined ? '' : ` → ${headers.location}`;
    const line = `${method} ${target}  ${status} ${statusText}${to}`;
    if (history.at(-1) !== line) history.push(line);
  }

  return {
    send: async (request) => {
      const [only] = await sendTogether([request]);
      if (only === undefined) throw new Error('A request without an exchange.');
      return only;
    },
    sendTogether,
    longestWait,
    history,
    ran: () => ran && { ...ran, history },
    note: (line) => void history.push(line),
    last() {
      if (last === undefined) throw new Error('There was no request yet.');
      return last;
    },
  };
}

/** Exchanges after which the server is at rest, or gone. */
const TELLING: ReadonlySet<Exchange['kind']> = new Set(['answer', 'closed', 'broken']);
/** Milliseconds between two answers to what is asked over and over. */
const ASKING_PAUSE = 5;
/** How long a server that takes no connections anymore may need to end, and so to have printed why. */
const ENDING_MILLISECONDS = 1_000;

/** Whether a server that takes no connections ends, which is waited for. */
async function hasEnded(program: RunningProgram): Promise<boolean> {
  return (await outcomeWithin(program, ENDING_MILLISECONDS)) !== undefined;
}

/** Whether something went wrong after the answer, where the client does not see it. */
export async function hadTroubleAfter(
  exchanged: Exchanged,
  context: Pick<CheckContext, 'submission'>,
): Promise<boolean> {
  return wentDown(exchanged) || (await wasAnsweredTwice(exchanged, context));
}

/** Whether the server answered, and ended then. */
export function wentDown({ stderr, exchange, isDown }: Pick<Exchanged, 'stderr' | 'exchange' | 'isDown'>): boolean {
  return isDown && exchange.kind === 'answer' && !stderr.includes('ERR_HTTP_HEADERS_SENT');
}

/** Whether the learner's code answered the same request twice, which the client does not see. */
async function wasAnsweredTwice(
  { stderr, exchange }: Pick<Exchanged, 'stderr' | 'exchange'>,
  { submission }: Pick<CheckContext, 'submission'>,
): Promise<boolean> {
  if (stderr.includes('ERR_HTTP_HEADERS_SENT')) return true;
  const isGood = exchange.kind === 'answer' && exchange.answer.status < 500;
  if (!isGood || !FAILED_VIEW.test(stderr)) return false;
  const { handlesErrors } = await import('../causes/http/server-code.ts');
  return !(await handlesErrors(submission));
}
