import type { Display, DisplaySource } from './controller.ts';
import { isOver } from './session.ts';

/** One JSON line a run: the verdict as it is in the model, or `{"error":{…}}`. */
export function jsonDisplay({ context: { io }, keys }: DisplaySource): Display {
  let printed = 0;
  return {
    terminal: { enter: keys.listen, leave: keys.stop, lend: keys.stop },
    show(_, { shown }) {
      if (shown === undefined || !isOver(shown) || shown.run === printed) return;
      printed = shown.run;
      const { verdict, error } = shown;
      io.print(`${JSON.stringify(verdict ?? { error })}\n`);
    },
    scrolled: (_, { scroll }) => scroll,
  };
}
