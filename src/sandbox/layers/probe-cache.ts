import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Layer, Probe } from '../../model/layer.ts';
import type { LayerName } from '../../model/verdict.ts';
import { findTool } from '../tools.ts';

/** The answer of an earlier probe of the same tool, kernel, Node and user; a fresh one where there is none. */
export async function cachedProbe(
  folder: string | undefined,
  { name, probe }: { name: LayerName | 'strict' } & Pick<Layer, 'probe'>,
): Promise<Probe> {
  if (folder === undefined) return probe();
  const file = path.join(folder, `${name}.json`);
  const key = machineKey(name);
  const known = readAnswer(file, key);
  if (known !== undefined) return known;
  const answer = await probe();
  // A refusal may be lifted at any moment, without a trace in the key.
  if (answer.available) writeAnswer(file, key);
  return answer;
}

function machineKey(name: LayerName | 'strict'): string {
  const file = findTool(name === 'bubblewrap' || name === 'strict' ? 'bwrap' : name) ?? '';
  const changed = file === '' ? 0 : fs.statSync(file).mtimeMs;
  return [file, changed, os.release(), process.execPath, process.version, process.getuid?.()].join(' ');
}

function readAnswer(file: string, key: string): Probe | undefined {
  try {
    const data: unknown = JSON.parse(fs.readFileSync(file, 'utf8'));
    const matches = typeof data === 'object' && data !== null && 'available' in data && data.available === key;
    return matches ? { available: true } : undefined;
  } catch {
    return undefined;
  }
}

/** Whole or not at all; a cache that cannot be written is done without. */
function writeAnswer(file: string, key: string): void {
  const draft = `${file}.${process.pid}`;
  try {
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(draft, JSON.stringify({ available: key }));
    fs.renameSync(draft, file);
  } catch {
    if (fs.existsSync(draft)) fs.unlinkSync(draft);
  }
}
