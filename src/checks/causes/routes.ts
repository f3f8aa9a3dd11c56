import type { AnyNode, CallExpression } from 'acorn';
import type { SourceLocation } from '../../model/verdict.ts';
import { parseSource } from './source.ts';

/** One `app.get('/path', …)` of the learner's source. */
export interface Route {
  method: string;
  path: string;
  location: SourceLocation;
}

const METHODS = new Set(['get', 'post', 'put', 'patch', 'delete', 'all']);

/** The routes with literal paths that a file defines. */
export async function findRoutes(folder: string, file: string): Promise<Route[]> {
  const source = await parseSource(folder, file);
  if (!source) return [];
  const { simple } = await import('acorn-walk');
  const routes: Route[] = [];
  simple(source.program, {
    CallExpression: (node) => {
      const method = calledMethod(node);
      const [first] = node.arguments;
      const path = first?.type === 'Literal' && typeof first.value === 'string' ? first.value : undefined;
      if (method && path !== undefined && node.arguments.length > 1) {
        routes.push({ method: method.toUpperCase(), path, location: source.locate(node) });
      }
    },
  });
  return routes.sort((a, b) => a.location.line - b.location.line);
}

function calledMethod({ callee }: CallExpression): string | undefined {
  const property: AnyNode | undefined = callee.type === 'MemberExpression' ? callee.property : undefined;
  return property?.type === 'Identifier' && METHODS.has(property.name) ? property.name : undefined;
}

/** Whether a route's path pattern can match a request's path: parameters stand for one segment each, a wildcard for any rest. */
export function routeMatches(route: Route, method: string, path: string): boolean {
  if (route.method !== method && route.method !== 'ALL') return false;
  const wanted = route.path.split('/').filter(Boolean);
  const given = path.split('/').filter(Boolean);
  for (const [index, segment] of wanted.entries()) {
    if (/[*{]/.test(segment)) return true;
    if (given[index] === undefined) return false;
    if (!segment.startsWith(':') && segment.toLowerCase() !== given[index]?.toLowerCase()) return false;
  }
  return wanted.length === given.length;
}
