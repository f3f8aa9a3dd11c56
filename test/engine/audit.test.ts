import { readdirSync } from 'node:fs';
import { cp, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { AuditEvent } from '../../src/model/grading.ts';
import { makeRig, type Rig, ROOT, TINY_COURSE } from '../rig/cli.ts';
import { installOnDemand, onDemand } from '../rig/on-demand.ts';

async function audit(rig: Rig, args: readonly string[]): Promise<{ code: number | null; events: AuditEvent[] }> {
  const { code, stdout } = await rig.run(['audit', '--json', ...args]);
  return {
    code,
    events: stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line)),
  };
}

const folders = readdirSync(path.join(ROOT, 'exercises'), { withFileTypes: true }).filter((entry) =>
  entry.isDirectory(),
);
const lack = await installOnDemand();
const [rest, fromNpm] = [folders.map(({ name }) => name).filter((id) => !onDemand.includes(id)), onDemand];
const lessons = readdirSync(path.join(ROOT, 'lessons'), { recursive: true, encoding: 'utf8' })
  .filter((file) => /(^|[\\/])\d+-[^\\/]*\.md$/.test(file))
  .map((file) => path.basename(file, '.md').replace(/^\d+-/, ''));

describe('the built-in course holds', () => {
  const holds = async (ids: readonly string[]) => {
    const rig = await makeRig();
    const { code, events } = await audit(rig, [...ids, '--seeds', '1']);
    expect(events.filter(({ type }) => type === 'fault')).toEqual([]);
    expect(events.at(-1)).toMatchObject({ type: 'done', faults: 0 });
    expect(code).toBe(0);
  };
  it('its exercises', { timeout: 1_800_000 }, () => holds(rest));
  it.skipIf(lack)(`exercises with packages from npm${lack ? ` (${lack})` : ''}`, { timeout: 600_000 }, () =>
    holds(fromNpm),
  );
  it('the examples of its lessons', { timeout: 900_000 }, () => holds(lessons));
});

/** A copy of the tiny course with one thing changed, and what the audit says about it. */
async function faultsAfter(change: (course: Tiny) => Promise<void>): Promise<string[]> {
  const rig = await makeRig();
  const folder = path.join(rig.folder, 'course');
  await cp(TINY_COURSE, folder, { recursive: true });
  const file = (name: string) => path.join(folder, ...name.split('/'));
  await change({
    write: (name, text) => writeFile(file(name), text),
    replace: async (name, from, to) => {
      const text = await readFile(file(name), 'utf8');
      if (!text.includes(from)) throw new Error(`${name} does not hold ${from}`);
      await writeFile(file(name), text.replace(from, to));
    },
    remove: (name) => rm(file(name), { recursive: true }),
  });
  const { code, events } = await audit(rig, ['--course', folder, '--seeds', '2']);
  const faults = events.flatMap((event) =>
    event.type === 'fault'
      ? [`${event.exercise} ${event.variant ?? ''}: ${event.message.replace(/ \(expected.*$/, '')}`]
      : [],
  );
  expect(code).toBe(faults.length === 0 ? 0 : 2);
  return [...new Set(faults)];
}

interface Tiny {
  write(name: string, text: string): Promise<void>;
  replace(name: string, from: string, to: string): Promise<void>;
  remove(name: string): Promise<void>;
}

const right = 'let total = 0;\nfor (const a of process.argv.slice(2)) total += Number(a);\nconsole.log(total);\n';

it('the order is another one with --shuffle, and the same for the same seed', async () => {
  const rig = await makeRig();
  const orderOf = async (args: readonly string[]) => {
    const { code, events } = await audit(rig, ['--course', TINY_COURSE, '--jobs', '1', ...args]);
    expect(code).toBe(0);
    return events.flatMap((event) =>
      event.type === 'case' ? [`${event.exercise} ${event.variant} ${event.seed}`] : [],
    );
  };
  const [plain, one, same] = [await orderOf([]), await orderOf(['--shuffle', 'a']), await orderOf(['--shuffle', 'a'])];
  expect(one).toEqual(same);
  expect(one).not.toEqual(plain);
  expect(one.toSorted()).toEqual(plain.toSorted());
});

describe('a fault of a course is found', () => {
  it('none in the course as it is', async () => {
    expect(await faultsAfter(async () => {})).toEqual([]);
  });

  it('a solution that fails', async () => {
    const faults = await faultsAfter((course) => course.write('exercises/add-up/solution/sum.js', 'console.log(1)\n'));
    expect(faults).toEqual([expect.stringMatching(/^add-up solution: must pass, but fails at adds/)]);
  });

  it('a starter that passes', async () => {
    const faults = await faultsAfter((course) => course.write('exercises/add-up/starter/sum.js', right));
    expect(faults).toEqual(['add-up starter: must fail, but passes']);
  });

  it('a wrong solution that passes', async () => {
    const faults = await faultsAfter((course) => course.write('exercises/add-up/wrong/always-ten/sum.js', right));
    expect(faults).toEqual(['add-up wrong/always-ten: must fail, but passes']);
  });

  it('a wrong solution that fails at another check', async () => {
    const faults = await faultsAfter((course) =>
      course.write('exercises/add-up/wrong/no-start/sum.js', 'console.log("x")\n'),
    );
    expect(faults).toEqual([expect.stringMatching(/no-start: must fail at nothing, but fails at adds/)]);
  });

  it('a wrong solution that shows another cause', async () => {
    const faults = await faultsAfter((course) =>
      course.write('exercises/add-up/wrong/text-sum/sum.js', 'console.log(0)\n'),
    );
    expect(faults).toEqual(['add-up wrong/text-sum: must show the cause argv-text, but shows none']);
  });

  it('a check that no wrong solution fails at', async () => {
    const faults = await faultsAfter(async (course) => {
      await course.replace('exercises/add-up/exercise.yaml', '  no-start: { fails: nothing }\n', '');
      await course.remove('exercises/add-up/wrong/no-start');
    });
    expect(faults).toEqual(['add-up : no wrong solution fails at the check nothing']);
  });

  it('an example that prints something else than its lesson shows', async () => {
    const faults = await faultsAfter((course) =>
      course.replace('lessons/01-first/01-printing.md', "[ 'Sana', '3' ]", "[ 'Sana', 3 ]"),
    );
    expect(faults).toEqual([expect.stringMatching(/^printing example at line 8: must pass, but fails at prints/)]);
  });

  it('a check that breaks the tutor', async () => {
    const faults = await faultsAfter(async (course) => {
      await course.replace('exercises/add-up/exercise.yaml', 'stdout: "0"', 'stdout: { matches: "^(0+)+$" }');
      await course.write('exercises/add-up/wrong/no-start/sum.js', 'console.log(process.argv[2] ? 1 : 1)\n');
      await course.write(
        'exercises/add-up/solution/sum.js',
        `if (process.argv.length === 2) console.log('0'.repeat(40) + 'x');\nelse {\n${right}}\n`,
      );
    });
    expect(faults).toContainEqual(expect.stringMatching(/solution: broke the tutor: .* did not come to an end/));
  });
});
