import { CommandError } from '../errors.ts';
import { type Collation, collationOf } from '../values/collation.ts';
import { type Document, document, firstName, isDocument } from '../values/document.ts';
import { show } from '../values/show.ts';
import { compileFieldPath, fieldName } from './field-path.ts';
import type { Compilation, Expression, Variables } from './operator.ts';
import { OPERATORS } from './operators.ts';

export type { Expression, Variables };

/**
 * Compiles an expression of the aggregation language: a field path, a variable, an operator, a document or an array of
 * expressions, or a literal.
 *
 * @param collation how texts are compared; by bytes when left out
 * @throws CommandError with MongoDB's codes for an expression that has no meaning
 * @see https://www.mongodb.com/docs/manual/reference/operator/aggregation/
 */
export function compileExpression(spec: unknown, collation: Collation = collationOf(undefined)): Expression {
  const compilation: Compilation = { collation, compile: (part) => compile(part, compilation) };
  return compilation.compile(spec);
}

function compile(spec: unknown, compilation: Compilation): Expression {
  if (typeof spec === 'string') {
    return spec.startsWith('$') ? compileFieldPath(spec) : () => spec;
  }
  if (Array.isArray(spec)) {
    return compileArray(spec.map(compilation.compile));
  }
  if (!isDocument(spec)) {
    return () => spec;
  }
  return firstName(spec).startsWith('$') ? compileOperator(spec, compilation) : compileDocument(spec, compilation);
}

function compileArray(items: readonly Expression[]): Expression {
  return (root, variables) =>
    items.map((item) => {
      const value = item(root, variables);
      return value === undefined ? null : value;
    });
}

function compileOperator(spec: Document, compilation: Compilation): Expression {
  const names = Object.keys(spec);
  const name = firstName(spec);
  if (names.length !== 1) {
    throw new CommandError(
      15983,
      `an expression specification must contain exactly one field, the name of the expression. Found ${names.length} fields in ${show(spec)}`,
    );
  }
  const operator = OPERATORS.get(name);
  if (!operator) {
    throw new CommandError(168, `Unrecognized expression '${name}'`);
  }
  return operator(spec[name], name, compilation);
}

function compileDocument(spec: Document, { compile }: Compilation): Expression {
  const fields = Object.keys(spec).map((name) => [fieldName(name), compile(spec[name])] as const);
  return (root, variables) => {
    const made = document();
    for (const [name, field] of fields) {
      const value = field(root, variables);
      if (value !== undefined) {
        made[name] = value;
      }
    }
    return made;
  };
}
