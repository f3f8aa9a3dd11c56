import { describe, expect, it } from 'vitest';
import { edited } from '../rig/edited.ts';
import { LAYERS } from '../rig/layers.ts';
import { installOnDemand } from '../rig/on-demand.ts';
import { verdictOf } from '../rig/verdict.ts';

const lack = await installOnDemand();

describe.skipIf(lack)(`pm2-ecosystem under the real PM2${lack ? ` (${lack})` : ''}`, () => {
  it.each(LAYERS)('passes under %s, and no daemon is left', async (layer) => {
    const verdict = await verdictOf('pm2-ecosystem', edited('pm2-ecosystem', {}), ['--isolate', layer]);
    expect(verdict).toMatchObject({ status: 'passed', advice: [] });
  });

  it('a configuration that throws is told with its error', async () => {
    const files = edited('pm2-ecosystem', { 'ecosystem.config.cjs': [["name: 'shop'", 'name: shop']] });
    const { results } = await verdictOf('pm2-ecosystem', files);
    expect(results[0]).toMatchObject({ status: 'failed' });
    expect(JSON.stringify(results[0]?.failure?.observed)).toContain('shop is not defined');
  });

  it('what differs is told in words, with commands that a learner can type', async () => {
    const files = edited('pm2-ecosystem', {
      'ecosystem.config.cjs': [["max_memory_restart: '200M'", 'autorestart: false']],
    });
    const { results } = await verdictOf('pm2-ecosystem', files);
    expect(results.map(({ status }) => status)).toEqual(['passed', 'failed', 'passed']);
    const failure = results[1]?.failure;
    expect(failure?.tried).toMatchObject({ line: 'pm2 start ecosystem.config.cjs && pm2 describe shop' });
    expect(failure?.differences[0]?.got).toBe(
      'a process that was killed: did not come back\nlimit of the memory: none\nwatches the files: no',
    );
    expect(JSON.stringify(failure)).not.toContain('pm2-look');
  });
});
