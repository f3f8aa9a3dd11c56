import { COLLECTIONS } from './collections.ts';
import type { Command } from './context.ts';
import { DIAGNOSTICS } from './diagnostics.ts';
import { EXPLAIN } from './explain.ts';
import { INDEXES } from './indexes.ts';
import { READING } from './reading.ts';
import { STATISTICS } from './statistics.ts';
import { WRITING } from './writing.ts';

/** All commands by their names, in small letters since the server takes them in any case. */
export const COMMANDS: ReadonlyMap<string, Command> = new Map(
  [...READING, ...WRITING, ...INDEXES, ...COLLECTIONS, ...STATISTICS, ...EXPLAIN, ...DIAGNOSTICS].map(
    ([name, command]) => [name.toLowerCase(), command],
  ),
);
