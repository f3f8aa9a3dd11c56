import { randomBytes } from 'node:crypto';
import { availableParallelism, hostname, platform, release, totalmem, type } from 'node:os';
import { Binary } from 'bson';
import { CommandError } from '../errors.ts';
import { firstName } from '../values/document.ts';
import type { Command, CommandContext } from './context.ts';

/** The version that the server says it is, as clients choose by it what they send. */
export const VERSION = '8.0.4';
/** The wire version of MongoDB 8.0. */
const MAX_WIRE_VERSION = 25;

const nothing: Command = () => ({});

/** Commands about the server itself: the handshake, and what mongosh and Compass ask when they connect. */
export const DIAGNOSTICS: readonly (readonly [string, Command])[] = [
  ['hello', hello],
  ['isMaster', hello],
  ['ping', nothing],
  ['startSession', startSession],
  ...['endSessions', 'refreshSessions', 'killSessions', 'killAllSessions', 'fsync', 'profile', 'logout'].map(
    (name) => [name, nothing] as const,
  ),
  ['buildInfo', buildInfo],
  ['serverStatus', serverStatus],
  ['hostInfo', hostInfo],
  ['getParameter', getParameter],
  ['setParameter', nothing],
  ['getCmdLineOpts', () => ({ argv: ['node-tutor', 'database'], parsed: {} })],
  ['getLog', getLog],
  ['whatsmyuri', () => ({ you: '127.0.0.1:0' })],
  ['connectionStatus', connectionStatus],
  ['usersInfo', () => ({ users: [] })],
  ['rolesInfo', () => ({ roles: [] })],
  ['currentOp', () => ({ inprog: [] })],
  ['top', () => ({ totals: {} })],
  ['getFreeMonitoringStatus', () => ({ state: 'disabled' })],
  ['replSetGetStatus', notAReplicaSet],
  ['commitTransaction', noTransactions],
  ['abortTransaction', noTransactions],
  ['saslStart', authentication],
];

function hello({ body, connectionId }: CommandContext): object {
  const primary = firstName(body).toLowerCase() === 'hello' ? { isWritablePrimary: true } : { ismaster: true };
  return {
    helloOk: true,
    ...primary,
    maxBsonObjectSize: 16_777_216,
    maxMessageSizeBytes: 48_000_000,
    maxWriteBatchSize: 100_000,
    localTime: new Date(),
    logicalSessionTimeoutMinutes: 30,
    connectionId,
    minWireVersion: 0,
    maxWireVersion: MAX_WIRE_VERSION,
    readOnly: false,
  };
}

function startSession(): object {
  return { id: { id: new Binary(randomBytes(16), Binary.SUBTYPE_UUID) }, timeoutMinutes: 30 };
}

function buildInfo(): object {
  return {
    version: VERSION,
    gitVersion: 'node-tutor',
    modules: [],
    allocator: 'system',
    javascriptEngine: 'none',
    sysInfo: 'deprecated',
    versionArray: [...VERSION.split('.').map(Number), 0],
    bits: 64,
    debug: false,
    maxBsonObjectSize: 16_777_216,
    storageEngines: ['inMemory'],
  };
}

function serverStatus({ server }: CommandContext): object {
  const count = (name: string) => server.counters.get(name) ?? 0;
  return {
    host: server.address,
    version: VERSION,
    process: 'mongod',
    pid: BigInt(process.pid),
    uptime: (Date.now() - server.startedAt) / 1000,
    localTime: new Date(),
    connections: { current: server.connections, available: 1000, totalCreated: server.connections },
    opcounters: {
      insert: count('insert'),
      query: count('find'),
      update: count('update'),
      delete: count('delete'),
      getmore: count('getMore'),
    },
    storageEngine: { name: 'inMemory' },
    mem: { bits: 64, resident: Math.round(process.memoryUsage.rss() / 1_048_576) },
  };
}

function hostInfo(): object {
  return {
    system: {
      currentTime: new Date(),
      hostname: hostname(),
      numCores: availableParallelism(),
      memSizeMB: Math.round(totalmem() / 1_048_576),
    },
    os: { type: type(), name: platform(), version: release() },
    extra: {},
  };
}

function getParameter({ body }: CommandContext): object {
  const parameters = { featureCompatibilityVersion: { version: '8.0' } };
  if (body.getParameter === '*' || body.featureCompatibilityVersion !== undefined) {
    return parameters;
  }
  throw new CommandError(72, 'no option found to get');
}

function getLog({ body }: CommandContext): object {
  return body.getLog === '*' ? { names: ['global', 'startupWarnings'] } : { totalLinesWritten: 0, log: [] };
}

function connectionStatus(): object {
  return { authInfo: { authenticatedUsers: [], authenticatedUserRoles: [], authenticatedUserPrivileges: [] } };
}

function notAReplicaSet(): never {
  throw new CommandError(76, 'not running with --replSet');
}

/** What a standalone server says, too. */
export function noTransactions(): never {
  throw new CommandError(20, 'Transaction numbers are only allowed on a replica set member or mongos');
}

function authentication(): never {
  throw new CommandError(18, 'Authentication failed.');
}
