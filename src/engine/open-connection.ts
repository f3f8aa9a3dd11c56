import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

/** What ends a connection to a database, or the program with it. */
const ENDS = /\.(?:close|disconnect|exit)\s*\(/;

/** Whether a program closes its connection anywhere: on a busy machine one that does may take longer than it is given. */
export async function closesConnection(submission: string): Promise<boolean> {
  const names = (await readdir(submission)).filter((name) => /\.[cm]?js$/.test(name));
  const texts = await Promise.all(names.map((name) => readFile(path.join(submission, name), 'utf8').catch(() => '')));
  return texts.some((text) => ENDS.test(text));
}
