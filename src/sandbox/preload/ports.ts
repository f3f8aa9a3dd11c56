import type { NetConnectOpts } from 'node:net';
import type { Report } from '../../model/run.ts';
import { net } from './builtins.ts';

const { apply, getPrototypeOf } = Reflect;
const REUSE_PORT = 2;
/** MongoDB's usual port, which learners write into their code. */
const DATABASE_PORT = 27_017;
const REFUSED = process.platform === 'win32' ? -4048 : -1;
const IN_USE = process.platform === 'win32' ? -4091 : process.platform === 'darwin' ? -48 : -98;

/** The native TCP handle: what `net` calls, whichever way the learner's code goes. */
export interface TcpHandle {
  bind(...args: BindArguments): number;
  bind6(...args: BindArguments): number;
  listen(backlog: number): number;
  connect(...args: ConnectArguments): number;
  connect6(...args: ConnectArguments): number;
  getsockname(out: { port?: number }): number;
}

/** An address, a port and flags. */
type BindArguments = [address: string, port: number, flags?: number];
/** A request object, an address and a port. */
type ConnectArguments = [request: object, address: string, port: number];

/** Where a program may connect to: anywhere, to this machine, or to the ports that it listens on itself. */
export type Reach = 'anywhere' | 'loopback' | 'own';

/** The handle that took a port, and the port that it really has. */
interface Taken {
  handle: TcpHandle;
  port: number;
}

interface Ports {
  /** Lets the program reach a port of another process. */
  open(port: number): void;
  leadDatabase(port: number): void;
  /** Whether a server listens. */
  serves(): boolean;
}

/**
 * Puts every TCP `listen` on a free loopback port, or on the one that it asks for where `keeps`, and tells which;
 * a connection to the port that was asked for is led there.
 * Locks the native handle, so that privileged and busy ports work and no other way round `net` is left.
 */
export function remapPorts(
  report: (report: Report) => void,
  { reach, keeps }: { reach: Reach; keeps: boolean },
): Ports {
  const tcp = tcpPrototype();
  const { bind, listen, connect, connect6, getsockname } = tcp;
  /** By the port asked for: the handle that took it. By the real port: 1. */
  const taken: { [port: number]: Taken } = Object.create(null);
  const real: { [port: number]: 1 } = Object.create(null);
  /** Ports of others that are open to it all the same. */
  const opened: { [port: number]: 1 } = Object.create(null);
  const asked = new WeakMap<object, number>();
  const setAsked = asked.set.bind(asked);
  const getAsked = asked.get.bind(asked);

  const portOf = (handle: TcpHandle): number => {
    const name: { port?: number } = {};
    return apply(getsockname, handle, [name]) === 0 ? (name.port ?? 0) : 0;
  };
  const bindFree = function (this: TcpHandle, ...args: BindArguments): number {
    const port = args[1];
    const flags = args[2] ?? 0;
    const holder = taken[port];
    if (port !== 0 && holder !== undefined && portOf(holder.handle) !== 0 && (flags & REUSE_PORT) === 0) return IN_USE;
    const status = apply(bind, this, ['127.0.0.1', keeps ? port : 0, 0]);
    if (status === 0) setAsked(this, port);
    return status;
  };
  const listenAndTell = function (this: TcpHandle, backlog: number): number {
    const status = apply(listen, this, [backlog]);
    const requested = getAsked(this);
    if (status !== 0 || requested === undefined) return status;
    const port = portOf(this);
    taken[requested] = { handle: this, port };
    real[port] = 1;
    report({ type: 'listening', requested: `${requested}`, port });
    return status;
  };
  let database = DATABASE_PORT;
  const target = (port: number): number =>
    real[port] === 1 ? port : (taken[port]?.port ?? (port === DATABASE_PORT ? database : port));
  lock(tcp, 'bind', bindFree);
  lock(tcp, 'bind6', bindFree);
  lock(tcp, 'listen', listenAndTell);
  // A program sees the port that it asked for; a cluster's primary compares the two.
  lock(tcp, 'getsockname', function (this: TcpHandle, out: { port?: number }): number {
    const status = apply(getsockname, this, [out]);
    const requested = getAsked(this);
    if (status === 0 && requested !== undefined && requested !== 0) out.port = requested;
    return status;
  });
  const mayReach = (port: number, loopback: boolean): boolean =>
    reach === 'anywhere' || (loopback && (reach === 'loopback' || real[port] === 1 || opened[port] === 1));
  lock(tcp, 'connect', function (this: TcpHandle, ...args: ConnectArguments): number {
    const loopback = isLoopback(args[1]);
    const port = loopback ? target(args[2]) : args[2];
    return mayReach(port, loopback) ? apply(connect, this, [args[0], args[1], port]) : REFUSED;
  });
  lock(tcp, 'connect6', function (this: TcpHandle, ...args: ConnectArguments): number {
    const loopback = args[1] === '::1';
    const port = loopback ? target(args[2]) : args[2];
    if (!mayReach(port, loopback)) return REFUSED;
    return real[port] === 1 || (port === database && args[2] !== port)
      ? apply(connect, this, [args[0], '127.0.0.1', port])
      : apply(connect6, this, [args[0], args[1], port]);
  });
  if (reach !== 'anywhere') lock(tcp, 'open', () => REFUSED);
  return {
    open(port) {
      opened[port] = 1;
    },
    leadDatabase(port) {
      database = port;
    },
    serves() {
      for (const port in taken) if (portOf((taken[port] as Taken).handle) !== 0) return true;
      return false;
    },
  };
}

/** True for 127.0.0.0/8, without a call that the learner's code could have replaced. */
function isLoopback(address: unknown): boolean {
  return (
    typeof address === 'string' && address[0] === '1' && address[1] === '2' && address[2] === '7' && address[3] === '.'
  );
}

/** Replaces a method for good. */
export function lock(target: object, key: string, value: unknown): void {
  Object.defineProperty(target, key, { value, writable: false, configurable: false, enumerable: true });
}

/** That of TCP handles, from a port that is given back at once: to begin a connection would cost ten times as much. */
function tcpPrototype(): TcpHandle {
  const create: unknown = Reflect.get(net, '_createServerHandle');
  const handle: unknown = typeof create === 'function' ? create('127.0.0.1', 0, 4) : undefined;
  return (closedPrototype(handle) as TcpHandle | undefined) ?? handlePrototype({ host: '127.0.0.1', port: 9 });
}

/** That of a native handle, which is closed; undefined for anything else. */
export function closedPrototype(handle: unknown): object | undefined {
  if (typeof handle !== 'object' || handle === null || !('close' in handle) || typeof handle.close !== 'function')
    return undefined;
  handle.close();
  return getPrototypeOf(handle) ?? undefined;
}

/** The prototype of native handles: that of a socket which is given up before it connects. */
export function handlePrototype<Handle extends object = TcpHandle>(options: NetConnectOpts): Handle {
  const socket = new net.Socket();
  socket.on('error', () => {});
  socket.connect(options);
  const handle: unknown = '_handle' in socket ? socket._handle : undefined;
  if (typeof handle !== 'object' || handle === null) throw new Error('this Node has no native socket handle');
  const prototype = getPrototypeOf(handle);
  socket.destroy();
  return prototype as Handle;
}
