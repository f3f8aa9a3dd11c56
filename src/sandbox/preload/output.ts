/**
 * Makes writes to stdout and stderr wait until they are done, as on a terminal: what a program printed before
 * `process.exit()` arrives whole, and a flood fills the grader's cap and not the program's memory.
 */
export function blockOutput(): void {
  for (const stream of [process.stdout, process.stderr]) {
    const handle: unknown = '_handle' in stream ? stream._handle : undefined;
    const canBlock = typeof handle === 'object' && handle !== null && 'setBlocking' in handle;
    if (canBlock && typeof handle.setBlocking === 'function') handle.setBlocking(true);
  }
}
