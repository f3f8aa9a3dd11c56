import type { Theme } from './theme.ts';

/** `████░░░░ 41/99`: how much of a whole is done. */
export function progressBar(done: number, total: number, options: { theme: Theme; cells?: number }): string {
  const cells = options.cells ?? 12;
  const filled = total === 0 ? 0 : Math.floor((done / total) * cells);
  const { full, empty } = options.theme.symbols;
  return `${options.theme.green(full.repeat(filled))}${options.theme.dim(empty.repeat(cells - filled))} ${done}/${total}`;
}
