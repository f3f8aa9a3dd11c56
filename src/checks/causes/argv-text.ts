import type { AnyNode } from 'acorn';
import type { CheckContext } from '../../model/context.ts';
import type { SourceLocation } from '../../model/verdict.ts';
import { normalize } from '../match-text.ts';
import type { CheckSay } from '../messages.ts';
import type { FailedProgram } from '../program.ts';
import { type Found, found } from './found.ts';
import { parseSource } from './source.ts';

/** Numbers from the command line that were joined as text: the output holds their digits one after the other. */
export async function findArgvText(
  { input, outcome, differences }: FailedProgram,
  context: CheckContext,
  say: CheckSay,
): Promise<Found | undefined> {
  const differs = differences.some(({ what }) => what === 'stdout');
  if (!differs || !joinsNumbers(input.args, normalize(outcome.stdout.text))) return undefined;
  return found('argv-text', say('cause.argv-text'), {
    next: say('cause.argv-text.next'),
    location: await findAddition(context, say('cause.argv-text.label')),
  });
}

/** True when two or more neighboring numeric arguments stand in the output without anything between them. */
function joinsNumbers(args: readonly string[], output: string): boolean {
  const isNumber = (text: string | undefined) => text !== undefined && /^-?\d+(?:\.\d+)?$/.test(text);
  return args.some((arg, index) => {
    const next = args[index + 1];
    return isNumber(arg) && isNumber(next) && new RegExp(`${arg}${next}`.replaceAll('.', '\\.')).test(output);
  });
}

async function findAddition({ submission, entry }: CheckContext, label: string): Promise<SourceLocation | undefined> {
  const source = await parseSource(submission, entry);
  if (!source) return undefined;
  const { simple } = await import('acorn-walk');
  const additions: AnyNode[] = [];
  simple(source.program, {
    AssignmentExpression: (node) => {
      if (node.operator === '+=' && !isConverted(node.right)) additions.push(node);
    },
    BinaryExpression: (node) => {
      const operands = [node.left, node.right];
      if (node.operator === '+' && !operands.some((operand) => operand.type === 'Literal' || isConverted(operand))) {
        additions.push(node);
      }
    },
  });
  const first = additions.sort((a, b) => a.start - b.start)[0];
  return first && source.locate(first, label);
}

/** An operand that is a number already: `Number(x)`, `parseInt(x)`, `+x`. */
function isConverted(node: AnyNode): boolean {
  return node.type === 'CallExpression' || (node.type === 'UnaryExpression' && node.operator === '+');
}
