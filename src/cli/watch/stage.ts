import type { CommandContext } from '../context.ts';
import type { WatchSession } from './session.ts';
import type { Question, Watched, WatchState } from './state.ts';
import type { Borrowable } from './terminal-screen.ts';

/** How a learner leaves the watch screen. */
export type WatchEnd = { kind: 'quit' } | { kind: 'open'; exercise: string };

/** What the actions of the keys work with. */
export interface Stage {
  watched: Watched;
  /** Prints and asks on the terminal; to be used while the terminal is left or lent. */
  context: CommandContext;
  /** Tells as a notice. */
  quiet: CommandContext;
  terminal: Borrowable;
  session: WatchSession;
  state(): WatchState;
  change(part: Partial<WatchState>): void;
  ask(question: Question): void;
  end(how: WatchEnd): void;
}
