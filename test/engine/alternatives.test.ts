import { readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../rig/cli.ts';
import { installOnDemand, onDemand } from '../rig/on-demand.ts';
import { verdictOfFolder } from '../rig/verdict.ts';

const ALTERNATIVES = path.join(ROOT, 'fixtures', 'alternatives');
const cases = readdirSync(ALTERNATIVES).flatMap((exercise) =>
  readdirSync(path.join(ALTERNATIVES, exercise)).map((name) => [exercise, name] as const),
);

const isFromNpm = ([exercise]: readonly [string, string]) => onDemand.includes(exercise);
const lack = await installOnDemand();

describe('a right solution is accepted, however it is written', () => {
  const accepted = async (exercise: string, name: string) => {
    const { status, causes } = await verdictOfFolder(exercise, path.join(ALTERNATIVES, exercise, name));
    expect({ status, causes }).toEqual({ status: 'passed', causes: [] });
  };
  it.each(cases.filter((one) => !isFromNpm(one)))('%s: %s', accepted);
  it.skipIf(lack).each(cases.filter(isFromNpm))(`%s: %s${lack ? ` (${lack})` : ''}`, accepted);
});

describe('a submission that cannot run is refused with its reason', () => {
  it.each([
    ['empty', 'empty-entry'],
    ['missing', 'no-entry'],
    ['binary', 'binary-entry'],
    ['syntax-error', 'syntax-error'],
    ['exit-in-import', 'nothing-printed'],
  ])('%s', async (name, cause) => {
    const folder = path.join(ROOT, 'fixtures', 'submissions', 'bad', name);
    const { status, causes, results } = await verdictOfFolder('argv-sum', folder);
    expect({ status, causes }).toEqual({ status: 'failed', causes: [cause] });
    expect(results.map((result) => result.status)).toEqual(['failed', 'skipped', 'skipped']);
    expect(results[0]?.failure?.next).toMatch(/\.$/);
  });
});
