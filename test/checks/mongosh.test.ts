import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { findTool } from '../../src/sandbox/tools.ts';
import { makeRig, ROOT } from '../rig/cli.ts';
import { verdictWith } from '../rig/course.ts';
import { LAYERS } from '../rig/layers.ts';
import { installOnDemand } from '../rig/on-demand.ts';

const manifest = (stdout: string) => `entry: session.txt
given: { price: { integer: [11, 99] } }
run: { limits: { time: 30s } }
database: { name: shop, seed: { products: [{ _id: 1, price: "{{ price }}" }] } }
checks:
  - id: first
    title: shows it
    npm: { commands: [{ mongosh: session.txt, stdout: ${stdout} }] }
    mongo: { collection: products, where: { _id: 1 }, unchanged: true }
    hints: [Think.]
  - id: second
    title: adds one
    npm: { commands: [{ mongosh: session.txt }] }
    mongo: { collection: products, count: 2 }
    hints: [Think.]
`;
const SHOWS = '{ contains: ["price: {{ price }}", "switched to db shop"] }';
const RIGHT = 'use shop\ndb.products.find()\n\ndb.products.insertOne({\n  price: 2\n})';
const look = async (session: string, { layer = 'auto', stdout = SHOWS } = {}) => {
  const { status, causes, results } = await verdictWith(manifest(stdout), { 'session.txt': session }, [
    '--isolate',
    layer,
  ]);
  return { status, causes, failure: results[0]?.failure, each: results.map((one) => one.status) };
};
it.skipIf(findTool('mongosh'))(
  'without it, and without leave to install it, checks are skipped with the reason',
  async () => {
    const rig = await makeRig();
    const submission = path.join(ROOT, 'exercises', 'mongosh-session', 'solution');
    const env = { NODE_TUTOR_CACHE: path.join(rig.folder, 'empty') };
    const { code, answer } = await rig.json(['check', 'mongosh-session', '--submission', submission], { env });
    expect(code).toBe(0);
    expect(answer.results[0]).toMatchObject({ status: 'skipped', reason: { kind: 'absent', tool: 'mongosh' } });
    expect(answer.results[0].reason.message).toContain('--yes');
  },
);

const lack = await installOnDemand();

describe.skipIf(lack)(`mongosh${lack ? ` (${lack})` : ''}`, () => {
  it.each(LAYERS)('takes the lines as if they were typed, on the seed, under the layer %s', async (layer) => {
    expect(await look(RIGHT, { layer })).toMatchObject({ status: 'passed', each: ['passed', 'passed'] });
  });

  it('a line that it refuses is the cause, and so is one that never ends', async () => {
    const refused = await look('use shop\nshow collection\n');
    expect(refused).toMatchObject({
      causes: ['shell-error', 'none'],
      failure: { tried: { line: 'mongosh < session.txt' } },
    });
    expect(refused.failure?.cause?.text).toContain('not a valid argument');
    expect(await look('use shop\ndb.products.find({\n')).toMatchObject({ causes: ['shell-unfinished', 'none'] });
  });

  it('a session that never goes to the database is told so', async () => {
    expect(await look('db.products.find()\n')).toMatchObject({ causes: ['shell-no-use', 'none'] });
  });

  it('a line that it takes is no cause', async () => {
    expect(await look('use shop\n')).toMatchObject({ causes: ['none', 'none'] });
    expect(await look("use shop\nprint('Uncaught... ')\n")).toMatchObject({ causes: ['none', 'none'] });
  });

  it('quit ends the session, and what follows is not typed', async () => {
    expect((await look(RIGHT.replace('db.products.insert', 'quit\ndb.products.insert'))).each).toEqual([
      'passed',
      'failed',
    ]);
  });
});
