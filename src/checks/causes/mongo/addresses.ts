import type { AnyNode } from 'acorn';
import { USUAL_PORT } from '../../../model/mongo.ts';
import type { SourceLocation } from '../../../model/verdict.ts';
import { type Site, sitesOf, stringOf } from '../scopes.ts';
import type { ParsedSource } from '../source.ts';

/** An address of a database in a learner's source, as far as it is written out there. */
interface WrittenAddress {
  /** Host and port as they are written. */
  place: string;
  /** The port, where the address is of this machine and names one. */
  port: string | undefined;
  /** The course's own database: this machine, the usual port. */
  isUsual: boolean;
  /** It stands behind `??` or `||`, and a run always has the other. */
  isFallback: boolean;
  location: SourceLocation;
}

const ADDRESS = /^mongodb(\+srv)?:\/\/(?:[^@/]*@)?([^/?]+)/;
const HERE = /^(?:127\.0\.0\.1|localhost|\[::1\])(?::(\d+))?$/i;

/** Every address of a database that the sources hold. */
export async function writtenAddresses(files: readonly ParsedSource[]): Promise<WrittenAddress[]> {
  const found: WrittenAddress[] = [];
  for (const source of files) {
    for (const site of await sitesOf(source.program)) {
      const match = ADDRESS.exec(textOf(site.node));
      if (match === null) continue;
      const [whole, srv, place = ''] = match;
      // The rest of it is put together while the program runs.
      if (place.endsWith(':') || (isOpen(site.node) && whole === textOf(site.node))) continue;
      const here = srv === undefined ? HERE.exec(place) : null;
      const port = here?.[1];
      const isUsual = here !== null && (port === undefined || port === String(USUAL_PORT));
      found.push({ place, port, isUsual, isFallback: isFallback(site), location: source.locate(site.node) });
    }
  }
  return found;
}

/** The text of a literal, or the beginning of a template. */
function textOf(node: AnyNode): string {
  return (node.type === 'TemplateLiteral' ? node.quasis[0]?.value.cooked : stringOf(node)) ?? '';
}

function isOpen(node: AnyNode): boolean {
  return node.type === 'TemplateLiteral' && node.expressions.length > 0;
}

function isFallback({ node, around }: Site): boolean {
  const parent = around.at(-2);
  return parent?.type === 'LogicalExpression' && parent.operator !== '&&' && parent.right === node;
}
