import { displayWidth, padEnd } from '../layout.ts';
import type { Key, WatchLook } from './view.ts';

/** One line of keys; where there is no room for all, those of low rank are left out. */
export function keysLine(keys: readonly Key[], { theme }: WatchLook): string {
  let shown = [...keys];
  const width = () => shown.reduce((sum, { key, label }) => sum + displayWidth(key) + displayWidth(label) + 3, -1);
  while (width() > theme.columns && shown.length > 1) {
    const least = Math.min(...shown.map(({ rank }) => rank));
    const index = shown.findLastIndex(({ rank }) => rank === least);
    shown = shown.filter((_, each) => each !== index);
  }
  return ` ${shown.map(({ key, label }) => `${theme.bold(theme.cyan(key))} ${label}`).join('  ')}`;
}

/** Every key on a line of its own. */
export function keyLines(keys: readonly Key[], { theme }: Pick<WatchLook, 'theme'>): string[] {
  const column = Math.max(...keys.map(({ key }) => displayWidth(key))) + 3;
  return keys.map(({ key, label }) => `   ${theme.bold(theme.cyan(padEnd(key, column)))}${label}`);
}
