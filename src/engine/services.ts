import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { valueText } from '../checks/match-text.ts';
import type { Template, Value } from '../model/course.ts';
import type { ReceivedRequest, ServiceRecord, ServiceRoute, ServiceSpec } from '../model/services.ts';
import { createHold, type Hold } from './hold.ts';

/** Caps on what a program may send. */
const MOST_REQUESTS = 500;
const MOST_BYTES = 1024 * 1024;
const MOST_CONNECTIONS = 200;

type Render = (template: Template) => Value;

/** The servers of one session, which its runs may reach. */
export interface Services {
  /** By name, as templates see them. */
  readonly values: Readonly<Record<string, { url: string }>>;
  readonly ports: readonly number[];
  /** Tells how the texts of the answers are filled in; nothing is answered before. */
  renderWith(render: Render): void;
  /** Forgets what was, for the next check. */
  reset(): void;
  records(): ServiceRecord[];
  close(): Promise<void>;
}

/** Starts the servers of an exercise on free ports of this machine's own address. */
export async function startServices(specs: Readonly<Record<string, ServiceSpec>>): Promise<Services> {
  const started = await Promise.all(Object.entries(specs).map(([name, spec]) => startService(name, spec)));
  return {
    values: Object.fromEntries(started.map(({ name, port }) => [name, { url: `http://127.0.0.1:${port}` }])),
    ports: started.map(({ port }) => port),
    renderWith: (render) => started.forEach((service) => void service.renderWith(render)),
    reset: () => started.forEach((service) => void service.reset()),
    records: () => started.map((service) => service.record()),
    close: async () => {
      await Promise.all(started.map((service) => service.close()));
    },
  };
}

interface Service {
  name: string;
  port: number;
  renderWith(render: Render): void;
  reset(): void;
  record(): ServiceRecord;
  close(): Promise<void>;
}

async function startService(name: string, { routes, hold: held }: ServiceSpec): Promise<Service> {
  let render: Render | undefined;
  let requests: ReceivedRequest[] = [];
  let hold: Hold | undefined;
  const server = http.createServer({ requestTimeout: 0 }, (incoming, response) => {
    incoming.on('error', () => response.destroy());
    readBody(incoming, (body) => {
      if (render === undefined || requests.length >= MOST_REQUESTS) return void response.destroy();
      const fill = render;
      const received: ReceivedRequest = { ...describe(incoming), body };
      requests.push(received);
      const index = routes.findIndex((route) => fits(route, received, fill));
      const route = routes[index];
      const answer = () => {
        received.status = route?.status ?? 404;
        if (route === undefined) response.writeHead(404).end(`There is no ${received.method} ${received.path} here.\n`);
        else sendAnswer(response, route, fill);
      };
      if (hold === undefined || route === undefined) answer();
      else response.on('close', hold.wait(index, answer));
    });
  });
  server.maxConnections = MOST_CONNECTIONS;
  server.on('clientError', (_error, socket) => void socket.destroy());
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', resolve);
  });
  const begin = () => {
    requests = [];
    hold?.release();
    hold = held === undefined ? undefined : createHold(held, routes.length);
  };
  begin();
  return {
    name,
    port: (server.address() as AddressInfo).port,
    renderWith: (how) => {
      render = how;
    },
    reset: begin,
    record: () => ({ name, requests, ...(hold && { hold: hold.record() }) }),
    close: () => {
      hold?.release();
      if (!server.listening) return Promise.resolve();
      const closed = new Promise<void>((resolve) => void server.close(() => resolve()));
      server.closeAllConnections();
      return closed;
    },
  };
}

/** Hands over the body as text when it is whole; ends the connection of one that is too long. */
function readBody(incoming: http.IncomingMessage, whole: (body: string) => void): void {
  const chunks: Buffer[] = [];
  let bytes = 0;
  incoming.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > MOST_BYTES) incoming.destroy();
    else chunks.push(chunk);
  });
  incoming.on('end', () => whole(Buffer.concat(chunks).toString('utf8')));
}

function describe({ method = 'GET', url = '/', headers }: http.IncomingMessage): Omit<ReceivedRequest, 'body'> {
  const [path = '/', query = ''] = splitTarget(url);
  const texts = Object.entries(headers).map(([name, value]) => [name, [value ?? ''].flat().join(', ')]);
  return { method, path, query: pairs(query), headers: Object.fromEntries(texts) };
}

/** A target's path and query, which a client may also write with scheme and host. */
function splitTarget(target: string): [string, string] {
  const own = target.replace(/^https?:\/\/[^/?#]*/i, '');
  const at = own.indexOf('?');
  return at === -1 ? [own || '/', ''] : [own.slice(0, at) || '/', own.slice(at + 1)];
}

function pairs(query: string): [string, string][] {
  return [...new URLSearchParams(query)];
}

/** Whether a route is meant: by method and path, and by its query where it has one. */
function fits({ method, path }: ServiceRoute, received: ReceivedRequest, render: Render): boolean {
  const [ownPath, ownQuery] = splitTarget(valueText(render(path)));
  if (method !== received.method || decoded(ownPath) !== decoded(received.path)) return false;
  return ownQuery === '' || sorted(pairs(ownQuery)) === sorted(received.query);
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

function sorted(query: readonly (readonly [string, string])[]): string {
  return JSON.stringify(query.map((pair) => JSON.stringify(pair)).sort());
}

function sendAnswer(response: http.ServerResponse, route: ServiceRoute, render: Render): void {
  const headers = Object.entries(route.headers).map(([name, template]) => [name, valueText(render(template))]);
  const { json, text } = route;
  const type = json !== undefined ? 'application/json' : 'text/plain; charset=utf-8';
  const own = json === undefined && text === undefined ? {} : { 'content-type': type };
  response.writeHead(route.status, { ...own, ...Object.fromEntries(headers) });
  if (json !== undefined) response.end(JSON.stringify(render(json)));
  else response.end(text === undefined ? '' : valueText(render(text)));
}
