import type { Duplex } from 'node:stream';
import type { Report } from '../model/run.ts';

const LINE_CAP = 256 * 1024;
const TOTAL_CAP = 4 * 1024 * 1024;
const REPORT_CAP = 256;
const HANDLES_CAP = 64;

/** Reads the child's reports: JSON lines that anything may have written. What is too long, too much or malformed is dropped. */
export function readReports(stream: Duplex, onReport: (report: Report) => void): void {
  let rest = '';
  let total = 0;
  let count = 0;
  stream.setEncoding('utf8');
  stream.on('error', () => stream.destroy());
  stream.on('data', (chunk: string) => {
    total += chunk.length;
    if (total > TOTAL_CAP) return;
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      const report = line.length <= LINE_CAP ? parseReport(line) : undefined;
      if (report === undefined || (report.type !== 'settled' && ++count > REPORT_CAP)) continue;
      onReport(report);
    }
  });
}

/** One report, or undefined when the line is none. */
export function parseReport(line: string): Report | undefined {
  const data = parseObject(line);
  if (data === undefined) return undefined;
  switch (own(data, 'type')) {
    case 'ready':
      return readyReport(own(data, 'maxRss'));
    case 'listening':
      return listeningReport(own(data, 'requested'), own(data, 'port'));
    case 'exit':
      return exitReport(data);
    case 'step':
      return stepReport(data);
    case 'done':
      return tokenOf(data) === undefined ? undefined : { type: 'done', token: tokenOf(data) ?? '' };
    case 'alive':
      return aliveReport(own(data, 'handles'));
    case 'settled':
      return { type: 'settled', serves: own(data, 'serves') === true };
    default:
      return undefined;
  }
}

function readyReport(maxRss: unknown): Report | undefined {
  return isInteger(maxRss, 0, Number.MAX_SAFE_INTEGER) ? { type: 'ready', maxRss } : undefined;
}

function listeningReport(requested: unknown, port: unknown): Report | undefined {
  if (typeof requested !== 'string' || requested.length > 200) return undefined;
  if (!isInteger(port, 1, 65_535)) return undefined;
  return { type: 'listening', requested, port };
}

function exitReport(data: object): Report | undefined {
  const [code, maxRss, handles] = [own(data, 'code'), own(data, 'maxRss'), own(data, 'handles')];
  if (!isInteger(code, 0, 255) || !isInteger(maxRss, 0, Number.MAX_SAFE_INTEGER) || !Array.isArray(handles)) {
    return undefined;
  }
  return { type: 'exit', code, maxRss, handles: handleNames(handles) };
}

function aliveReport(handles: unknown): Report | undefined {
  return Array.isArray(handles) ? { type: 'alive', handles: handleNames(handles) } : undefined;
}

function handleNames(handles: readonly unknown[]): string[] {
  return handles.slice(0, HANDLES_CAP).filter((name): name is string => typeof name === 'string' && name.length <= 100);
}

function stepReport(data: object): Report | undefined {
  const [token, index] = [tokenOf(data), own(data, 'index')];
  if (token === undefined || !isInteger(index, 0, REPORT_CAP)) return undefined;
  return { type: 'step', token, index, answer: own(data, 'answer') };
}

function tokenOf(data: object): string | undefined {
  const token = own(data, 'token');
  return typeof token === 'string' && token.length <= 100 ? token : undefined;
}

function parseObject(line: string): object | undefined {
  try {
    const data: unknown = JSON.parse(line);
    return typeof data === 'object' && data !== null ? data : undefined;
  } catch {
    return undefined;
  }
}

function own(data: object, key: string): unknown {
  return Object.getOwnPropertyDescriptor(data, key)?.value;
}

function isInteger(value: unknown, least: number, most: number): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most;
}
