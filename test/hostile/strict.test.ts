import { expect, test } from 'vitest';
import { ATTACK_CLASSES } from '../../src/model/layer.ts';
import { layerOf } from '../../src/sandbox/layers.ts';
import { type Attack, readAttacks } from './attack.ts';
import { LAYER_OF, testHold } from './held.ts';
import { pageOf, readRecorded } from './table.ts';

await testHold('strict', () => true);

test('strict isolation has let nothing through, whoever graded and with whichever Node.js', () => {
  const { table } = readRecorded();
  const cells = Object.entries(table).flatMap(([attack, row]) =>
    Object.entries(row).flatMap(([cell, told]) => (cell.startsWith('strict') ? [{ attack, cell, told }] : [])),
  );
  expect(cells.length).toBeGreaterThan(60);
  expect(cells.filter(({ told }) => told.startsWith('escaped'))).toEqual([]);
});

test.each(['none', 'guard', 'unshare', 'strict'] as const)('what %s says that it stops is what was seen', (hold) => {
  const { table } = readRecorded();
  const attacks = readAttacks().filter((attack) => attack.test === undefined);
  const isHeld = ({ name }: Attack) =>
    Object.entries(table[name] ?? {}).every(([cell, told]) => !cell.startsWith(hold) || !told.startsWith('escaped'));
  const { stops } = layerOf(LAYER_OF[hold]);
  for (const [kind, classes] of Object.entries(stops)) {
    // Without isolation, a program needs no grant.
    const isAny = kind === 'granted' || hold === 'none';
    const fitting = attacks.filter(({ grants }) => isAny || grants.length === 0);
    const stopped = ATTACK_CLASSES.filter((name) => fitting.filter((attack) => attack.class === name).every(isHeld));
    expect([kind, ...stopped]).toEqual([kind, ...classes]);
  }
});

test('every attack is in the recorded table, and works where nothing stops it', () => {
  const { table } = readRecorded();
  const programs = readAttacks().filter((attack) => attack.test === undefined);
  expect(programs.length).toBeGreaterThanOrEqual(60);
  expect(programs.filter(({ name }) => table[name]?.['strict user 20'] === undefined)).toEqual([]);
  const cells = programs.map(({ name }) => [name, table[name]?.['bare user 20'] ?? 'untried'] as const);
  expect(cells.filter(([, told]) => told === 'stopped')).toEqual([]);
  expect(pageOf(readRecorded())).toContain('| `read-solution` |');
});
