import type { Registration } from './server-code.ts';

/** Whether a route can answer a request: parameters stand for one segment each, a wildcard for any rest. */
export function routeMatches({ method, path }: Registration, asked: { method: string; path: string }): boolean {
  if (path === undefined || method === 'USE' || (method !== asked.method && method !== 'ALL')) return false;
  const wanted = path.split('/').filter(Boolean);
  const given = asked.path.split('/').filter(Boolean);
  for (const [index, segment] of wanted.entries()) {
    if (/[*{]/.test(segment)) return true;
    if (given[index] === undefined) return false;
    if (!segment.startsWith(':') && segment.toLowerCase() !== given[index]?.toLowerCase()) return false;
  }
  return wanted.length === given.length;
}

/** Whether a route is more exact than another that answers the same request: where they first differ, its segment is written out. */
export function isMoreExact({ path = '' }: Registration, { path: other = '' }: Registration): boolean {
  const [mine, theirs] = [path, other].map((text) => text.split('/').filter(Boolean));
  const length = Math.max(mine?.length ?? 0, theirs?.length ?? 0);
  for (let index = 0; index < length; index += 1) {
    const [isMine, isTheirs] = [isVariableAt(mine ?? [], index), isVariableAt(theirs ?? [], index)];
    if (isMine !== isTheirs) return isTheirs;
  }
  return false;
}

/** Whether a part of a path is open; a wildcard stands for all that follow as well. */
function isVariableAt(segments: readonly string[], index: number): boolean {
  const segment = segments[index];
  return segment === undefined ? /[*{]/.test(segments.at(-1) ?? '') : isVariable(segment);
}

function isVariable(segment: string): boolean {
  return /[:*{]/.test(segment);
}
