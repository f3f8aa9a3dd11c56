import type { Template, Value } from '../../model/course.ts';
import type { ExpectedRequest, ReceivedRequest } from '../../model/services.ts';
import { valueText } from '../match-text.ts';

type Render = (template: Template) => Value;

/** A request's method, path and query in one form, whatever its encoding and the order of its query. */
export function receivedLine({ method, path, query }: ReceivedRequest): string {
  return line(method, path, query);
}

export function expectedLine({ method, path, query }: ExpectedRequest, render: Render): string {
  const [own = '', ownQuery = ''] = valueText(render(path)).split(/\?(.*)/s);
  const more = Object.entries(query).flatMap(([name, template]) =>
    [render(template)].flat(1).map((value): [string, string] => [name, valueText(value as Value)]),
  );
  return line(method, own, [...new URLSearchParams(ownQuery), ...more]);
}

function line(method: string, path: string, query: readonly (readonly [string, string])[]): string {
  const sorted = query.map(([name, value]) => `${name}=${value}`).sort();
  return `${method} ${decoded(path)}${sorted.length === 0 ? '' : `?${sorted.join('&')}`}`;
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
