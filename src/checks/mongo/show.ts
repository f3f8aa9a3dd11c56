import type { Value } from '../../model/course.ts';
import type { MongoDocument } from '../../model/mongo.ts';

const MOST_SHOWN = 3;
/** A longer document is shown with a field a line. */
const MOST_COLUMNS = 48;

/** A document as mongosh prints it, one field a line when it is long. */
export function showDocument(value: Value): string {
  const line = inline(value);
  if (line.length <= MOST_COLUMNS || typeof value !== 'object' || value === null || Array.isArray(value)) return line;
  const fields = Object.entries(value).map(([name, item]) => `  ${name}: ${inline(item as Value)}`);
  return `{\n${fields.join(',\n')}\n}`;
}

/** The first few documents. */
export function showDocuments(documents: readonly MongoDocument[]): string {
  const more = documents.length > MOST_SHOWN ? [`… ${documents.length}`] : [];
  return [...documents.slice(0, MOST_SHOWN).map(showDocument), ...more].join('\n');
}

function inline(value: Value): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(inline).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return String(value);
  const entries = Object.entries(value) as [string, Value][];
  const [only] = entries;
  if (only?.[0] === '$oid') return `ObjectId(${JSON.stringify(only[1])})`;
  if (only?.[0] === '$type') return `(${String(only[1])})`;
  if (only?.[0] === '$exists') return only[1] === false ? '(not there)' : '(anything)';
  if (only?.[0] === '$date') return `ISODate(${JSON.stringify(only[1])})`;
  return `{ ${entries.map(([name, item]) => `${name}: ${inline(item)}`).join(', ')} }`;
}
