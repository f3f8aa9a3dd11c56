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
  const theirs = other.split('/').filter(Boolean);
  for (const [index, segment] of path.split('/').filter(Boolean).entries()) {
    const [mine, their] = [isVariable(segment), isVariable(theirs[index] ?? '*')];
    if (mine !== their) return their;
  }
  return false;
}

function isVariable(segment: string): boolean {
  return /[:*{]/.test(segment);
}
