import type { CheckContext } from '../../model/context.ts';
import type { Value } from '../../model/course.ts';
import type { ModuleStep } from '../../model/module.ts';
import type { WireStep, WireValue } from '../../model/steps.ts';
import { valueText } from '../match-text.ts';
import { renderPath } from '../work-contents.ts';

/** A step as the learner's process is told it, its templates filled in. */
export function wireStep({ action, as }: ModuleStep, context: CheckContext): WireStep {
  const { render } = context;
  const named = as === undefined ? {} : { as };
  if (action.do === 'import') {
    const exact = action.of === 'entry';
    const written = exact ? context.entry : valueText(render(action.of)).replace(/^\.\//, '');
    return { do: 'import', path: written === '' ? '.' : renderPath(written, (path) => path), exact, ...named };
  }
  const of = action.of.split('.');
  switch (action.do) {
    case 'call':
      return { do: 'call', of, args: argumentsOf(render(action.args)), awaits: action.awaits, ...named };
    case 'new':
      return { do: 'new', of, args: argumentsOf(render(action.args)), ...named };
    case 'on':
      return { do: 'on', of, event: action.event, ...named };
    case 'emit':
      return { do: 'emit', of, event: action.event, args: argumentsOf(render(action.args)), ...named };
    default:
      return { do: action.do, of, ...named };
  }
}

/** A list of arguments; what is no list is the only one. */
function argumentsOf(args: Value): readonly WireValue[] {
  return Array.isArray(args) ? args : [args];
}
