import http from 'node:http';
import net from 'node:net';
import type { Outcome, RunningProgram } from '../../model/run.ts';

/** A request as it goes onto the wire. */
export interface WireRequest {
  port: number;
  method: string;
  /** Path and query. */
  target: string;
  headers: Readonly<Record<string, string>>;
  body?: Buffer | string;
  /** Milliseconds that the answer may take; default: `ANSWER_LIMITS`. */
  patience?: number;
  /** The certificate to trust; over TLS where it is given. */
  ca?: string | undefined;
}

/** An answer; header names in lower case, several of one name joined. */
export interface Answer {
  status: number;
  statusText: string;
  headers: Readonly<Record<string, string>>;
  /** The Set-Cookie lines. */
  setCookie: readonly string[];
  body: string;
}

export type Exchange =
  | { kind: 'answer'; answer: Answer }
  | { kind: 'no-answer' }
  /** It began, and did not end in time. */
  | { kind: 'unfinished' }
  | { kind: 'closed' }
  | { kind: 'broken'; message: string; code?: string }
  | { kind: 'too-big' };

export const ANSWER_LIMITS = { milliseconds: 5_000, bytes: 5 * 1024 * 1024 } as const;

/**
 * Sends one request on a connection of its own (after a double send, the next request on the same socket would die)
 * and reads the answer, at most 5 MB and 5 s of it.
 */
export async function send({ port, method, target, headers, body, ca, patience }: WireRequest): Promise<Exchange> {
  const options = { host: '127.0.0.1', port, method, path: target, headers, agent: false };
  const trust = ca === undefined ? {} : { ca, servername: 'localhost' };
  const { request: open } = ca === undefined ? http : await import('node:https');
  return new Promise((resolve) => {
    const request = open({ ...options, ...trust });
    const finish = (exchange: Exchange) => {
      clearTimeout(timer);
      request.destroy();
      resolve(exchange);
    };
    let began = false;
    const timer = setTimeout(
      () => finish({ kind: began ? 'unfinished' : 'no-answer' }),
      patience ?? ANSWER_LIMITS.milliseconds,
    );
    request.on('error', (error: NodeJS.ErrnoException) => finish(failedExchange(error)));
    request.on('response', (response) => {
      began = true;
      const chunks: Buffer[] = [];
      let bytes = 0;
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        chunks.push(chunk);
        if (bytes > ANSWER_LIMITS.bytes) finish({ kind: 'too-big' });
      });
      response.on('error', (error: NodeJS.ErrnoException) => finish(failedExchange(error)));
      response.on('end', () => finish({ kind: 'answer', answer: readAnswer(response, Buffer.concat(chunks)) }));
    });
    request.end(body);
  });
}

function failedExchange(error: NodeJS.ErrnoException): Exchange {
  if (error.code === 'ECONNRESET' || error.code === 'ECONNREFUSED' || error.code === 'EPIPE') return { kind: 'closed' };
  return { kind: 'broken', message: error.message, ...(error.code !== undefined && { code: error.code }) };
}

function readAnswer(response: http.IncomingMessage, body: Buffer): Answer {
  const headers = Object.entries(response.headers).map(([name, value]) => [name, String(value)]);
  return {
    status: response.statusCode ?? 0,
    statusText: response.statusMessage ?? '',
    headers: Object.fromEntries(headers),
    setCookie: response.headers['set-cookie'] ?? [],
    body: body.toString('utf8'),
  };
}

/**
 * Waits until the server has finished the turn of its event loop in which it answered, so that all it printed is there.
 * @returns whether it still serves
 */
export async function isAtRest({ program, port }: { program: RunningProgram; port: number }): Promise<boolean> {
  return (await program.settled()) || refuses(port);
}

/** How a program ended; undefined when it has not ended within so many milliseconds. */
export async function outcomeWithin(program: RunningProgram, milliseconds: number): Promise<Outcome | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), milliseconds);
  });
  return Promise.race([program.outcome, late]).finally(() => clearTimeout(timer));
}

/** Whether a server refuses a line that is not HTTP: Node's parser does so in a turn of its own. */
function refuses(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect({ port, host: '127.0.0.1' }, () => socket.end('\r\nnot http\r\n\r\n'));
    const done = (isThere: boolean) => {
      clearTimeout(timer);
      socket.destroy();
      setImmediate(() => setImmediate(() => resolve(isThere)));
    };
    const timer = setTimeout(() => done(true), ANSWER_LIMITS.milliseconds);
    socket.on('data', () => done(true));
    socket.on('error', () => done(false));
    socket.on('close', () => done(false));
  });
}
