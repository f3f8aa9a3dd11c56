import { net } from './builtins.ts';
import { outputPipe } from './output.ts';
import { closedPrototype, handlePrototype, lock } from './ports.ts';

const { apply, getPrototypeOf, ownKeys } = Reflect;
type Dns = typeof import('node:dns');

const REFUSED = process.platform === 'win32' ? -4048 : -1;
const refuse = (): number => REFUSED;

/** Locks what Node's permission model leaves open: pipes, UDP, DNS, signals, native code. */
export function lockHandles(own: { outputBlocks: boolean }): void {
  lockPipes(own);
  lockDatagrams();
  const dns = process.getBuiltinModule('node:dns');
  lockResolvers(dns);
  lockLookups(dns);
  lockProcess();
  lockReports();
}

/** True when the permission model is on and does not grant this. */
export function isDenied(scope: 'child' | 'worker'): boolean {
  const permission: unknown = Reflect.get(process, 'permission');
  if (typeof permission !== 'object' || permission === null || !('has' in permission)) return false;
  return typeof permission.has === 'function' && !permission.has(scope);
}

function lockPipes(own: { outputBlocks: boolean }): void {
  lockMethods(pipePrototype(own), ['connect', 'bind', 'fchmod']);
}

/**
 * That of pipe handles: the one of stdout, which most programs need anyhow, or of a socket made for it.
 * To make that stream lets writes to its descriptor fail when the pipe is full, unless output is made to block.
 */
function pipePrototype({ outputBlocks }: { outputBlocks: boolean }): object | null {
  const pipe = outputBlocks ? outputPipe() : undefined;
  if (pipe !== undefined) return getPrototypeOf(pipe);
  return handlePrototype({
    path: process.platform === 'win32' ? '\\\\.\\pipe\\node-tutor-none' : '/nonexistent/socket',
  });
}

function lockDatagrams(): void {
  const socket = process.getBuiltinModule('node:dgram').createSocket('udp4');
  const key = ownKeys(socket).find((each) => each.toString() === 'Symbol(state symbol)');
  const prototype = closedPrototype(Object(Reflect.get(socket, key ?? '')).handle);
  if (prototype === undefined) throw new Error('this Node has no native UDP handle');
  lockMethods(prototype, ['send', 'send6', 'connect', 'connect6', 'open', 'bind', 'bind6']);
}

function lockResolvers(dns: Dns): void {
  const handle: unknown = Reflect.get(new dns.Resolver(), '_handle');
  if (typeof handle !== 'object' || handle === null) throw new Error('this Node has no native resolver');
  const prototype = getPrototypeOf(handle) ?? {};
  const queries = ownKeys(prototype).filter(
    (key) => typeof key === 'string' && (key.startsWith('query') || key === 'getHostByAddr'),
  );
  lockMethods(prototype, queries.map(String));
}

function lockMethods(prototype: object | null, names: readonly string[]): void {
  for (const name of names) {
    if (prototype !== null && name in prototype) lock(prototype, name, refuse);
  }
}

/** Names are looked up by the system's resolver, which asks the network for all but these. */
function lockLookups(dns: Dns): void {
  const { isIP } = net;
  const isLocal = (host: unknown): boolean =>
    host === 'localhost' || host === '' || host == null || (typeof host === 'string' && isIP(host) !== 0);
  const { lookup } = dns;
  const lookupPromise = dns.promises.lookup;
  const { nextTick } = process;
  lock(dns, 'lookup', (...args: unknown[]) => {
    if (isLocal(args[0])) return apply(lookup, dns, args);
    const callback = args[args.length - 1];
    if (typeof callback !== 'function') throw blocked(`the lookup of ${String(args[0])}`);
    return nextTick(() => apply(callback, undefined, [notFound(String(args[0]))]));
  });
  lock(dns.promises, 'lookup', async (...args: unknown[]) => {
    if (isLocal(args[0])) return apply(lookupPromise, dns.promises, args);
    throw notFound(String(args[0]));
  });
  lock(dns, 'lookupService', refuseCall('dns.lookupService'));
  lock(dns.promises, 'lookupService', refuseCall('dns.lookupService'));
}

function lockProcess(): void {
  const own = process.pid;
  const parent = process.ppid;
  const alone = isDenied('child');
  const may = (pid: unknown): boolean =>
    pid === own || (!alone && typeof pid === 'number' && pid > 1 && pid !== parent);
  const { kill } = process;
  const nativeKill: unknown = Reflect.get(process, '_kill');
  lock(process, 'kill', (pid: unknown, signal: unknown) => {
    if (!may(pid)) throw blocked(`a signal to process ${String(pid)}`);
    return apply(kill, process, [pid, signal]);
  });
  if (typeof nativeKill === 'function') {
    lock(process, '_kill', (pid: unknown, signal: unknown) =>
      may(pid) ? apply(nativeKill, process, [pid, signal]) : REFUSED,
    );
  }
  for (const name of ['_debugProcess', '_debugEnd', 'dlopen', 'execve']) {
    if (name in process) lock(process, name, refuseCall(`process.${name}`));
  }
}

/** Node.js itself writes its reports, past the permission model. It loads what does so when a program first looks there. */
function lockReports(): void {
  const load = Object.getOwnPropertyDescriptor(process, 'report')?.get;
  if (load === undefined) throw new Error('this Node has no getter of process.report');
  let report: NodeJS.ProcessReport | undefined;
  const get = (): NodeJS.ProcessReport => {
    if (report === undefined) {
      report = apply(load, process, []) as NodeJS.ProcessReport;
      lockReport(report);
    }
    return report;
  };
  Object.defineProperty(process, 'report', { get, enumerable: true, configurable: false });
}

function lockReport(report: NodeJS.ProcessReport): void {
  lock(report, 'writeReport', refuseCall('process.report.writeReport'));
  for (const key of ['directory', 'filename']) {
    Object.defineProperty(report, key, {
      get: () => '',
      set: refuseCall(`process.report.${key}`),
      configurable: false,
    });
  }
}

function refuseCall(what: string): () => never {
  return () => {
    throw blocked(what);
  };
}

function blocked(what: string): Error {
  return Object.assign(new Error(`node-tutor does not allow ${what} in this exercise`), { code: 'EPERM' });
}

function notFound(host: string): Error {
  return Object.assign(new Error(`getaddrinfo ENOTFOUND ${host}: node-tutor gives this program no network`), {
    code: 'ENOTFOUND',
    syscall: 'getaddrinfo',
    hostname: host,
  });
}
