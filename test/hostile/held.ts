import { expect, test } from 'vitest';
import type { LayerName } from '../../src/model/verdict.ts';
import { describeLayers } from '../../src/sandbox/layers.ts';
import { isRoot } from '../../src/sandbox/user.ts';
import { type Attack, readAttacks } from './attack.ts';
import { RUNNING } from './nodes.ts';
import { runSuite } from './suite.ts';
import { readRecorded, worseThan } from './table.ts';
import type { Hold } from './trial.ts';

const LONGEST = 600_000;
/** The layer that a hold asks for. */
export const LAYER_OF: Readonly<Record<Hold, LayerName>> = {
  bare: 'none',
  none: 'none',
  guard: 'guard',
  unshare: 'unshare',
  strict: 'bubblewrap',
};

/** Makes a test of the attacks under one layer: none may get through that did not when the table was recorded. */
export async function testHold(hold: Hold, isMeant: (attack: Attack) => boolean): Promise<void> {
  const described = await describeLayers();
  const layer = described.find(({ name }) => name === LAYER_OF[hold]);
  const only = readAttacks()
    .filter(isMeant)
    .map(({ name }) => name);
  const isHere = layer?.probe.available === true;
  const lacks = layer?.probe.available === false ? `: ${layer.probe.reason}` : '';
  test.runIf(isHere)(`no attack gets further than recorded under ${hold}${lacks}`, { timeout: LONGEST }, async () => {
    const graders = [{ name: isRoot() ? 'root' : 'user' }];
    const rows = await runSuite({ holds: [hold], nodes: [RUNNING], graders, only });
    expect(rows.length).toBeGreaterThan(30);
    expect(worseThan(readRecorded(), rows)).toEqual([]);
  });
}
