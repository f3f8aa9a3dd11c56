import type { AnyNode, ArrowFunctionExpression, FunctionDeclaration, FunctionExpression, Program } from 'acorn';

type FunctionNode = FunctionDeclaration | FunctionExpression | ArrowFunctionExpression;

/** A node with the nodes around it, outermost first; the node itself is the last. */
export interface Site {
  node: AnyNode;
  around: readonly AnyNode[];
}

/** Every node of a program with what is around it, in the order of the source. */
export async function sitesOf(program: Program): Promise<Site[]> {
  const { fullAncestor } = await import('acorn-walk');
  const sites: Site[] = [];
  fullAncestor(program, (node, _state, ancestors) => {
    sites.push({ node: node as AnyNode, around: [...ancestors] as AnyNode[] });
  });
  return sites.sort((a, b) => a.node.start - b.node.start);
}

/** True for a function of any form. */
export function isFunction(node: AnyNode | undefined): node is FunctionNode {
  return (
    node?.type === 'FunctionDeclaration' ||
    node?.type === 'FunctionExpression' ||
    node?.type === 'ArrowFunctionExpression'
  );
}

/** The functions around a site, outermost first; the site's own node is not among them. */
export function functionsAround({ around }: Site): FunctionNode[] {
  return around.slice(0, -1).filter(isFunction);
}

/** The name of what is called or made: `readFile` for `fs.readFile(…)`. */
export function calledName(node: AnyNode): string | undefined {
  if (node.type !== 'CallExpression' && node.type !== 'NewExpression') return undefined;
  const { callee } = node;
  if (callee.type === 'Identifier') return callee.name;
  return callee.type === 'MemberExpression' && callee.property.type === 'Identifier' ? callee.property.name : undefined;
}

/** `process.exit` for a call of it, `console.log` for a call of that. */
export function calledPath(node: AnyNode): string | undefined {
  if (node.type !== 'CallExpression' || node.callee.type === 'Super') return undefined;
  return pathOf(node.callee);
}

/** `a.b.c` for a chain of names. */
export function pathOf(node: AnyNode): string | undefined {
  if (node.type === 'Identifier') return node.name;
  if (node.type !== 'MemberExpression' || node.computed || node.property.type !== 'Identifier') return undefined;
  const object = pathOf(node.object);
  return object === undefined ? undefined : `${object}.${node.property.name}`;
}

/** The text that a string stands for. */
export function stringOf(node: AnyNode | null | undefined): string | undefined {
  return node?.type === 'Literal' && typeof node.value === 'string' ? node.value : undefined;
}

/** True for a call that prints. */
export function isPrint(node: AnyNode): boolean {
  return /^(console\.\w+|process\.(stdout|stderr)\.write)$/.test(calledPath(node) ?? '');
}

/** True when an identifier is read, not set, declared or a mere name of a property. */
export function isRead({ node, around }: Site): boolean {
  const parent = around.at(-2);
  if (node.type !== 'Identifier' || parent === undefined) return false;
  switch (parent.type) {
    case 'VariableDeclarator':
      return parent.init === node;
    case 'AssignmentExpression':
      return parent.right === node;
    case 'MemberExpression':
      return parent.object === node || parent.computed;
    case 'Property':
      return parent.value === node;
    case 'FunctionDeclaration':
    case 'FunctionExpression':
    case 'ArrowFunctionExpression':
      return parent.body === node;
    default:
      return true;
  }
}
