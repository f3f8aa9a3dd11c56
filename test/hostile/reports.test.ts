import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { makeRig, ROOT } from '../rig/cli.ts';
import { ACTED_ON } from './acted-on.ts';

/** Submissions whose output attacks whoever reads the report of it. */
const names = fs
  .readdirSync(path.join(ROOT, 'fixtures', 'hostile'))
  .filter((name) => /^(?:reports|terminal)-/.test(name))
  .sort();
const folderOf = (name: string) => path.join(ROOT, 'fixtures', 'hostile', name);

/** As the runner of GitHub Actions reads its log. */
const COMMAND = /^[^\S\n]*::|##\[/m;

/** Grades the submission for an exercise that shows its output and its error. */
async function report(name: string, args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const rig = await makeRig();
  const command = args[0] === 'check' ? ['hello-node', '--submission', folderOf(name)] : [folderOf(name)];
  const { stdout, stderr, code } = await rig.run([...args.slice(0, 1), ...command, ...args.slice(1)], { env });
  expect(code).toBe(1);
  return { stdout, stderr, rig };
}

const grade = (reporter: string) => ['grade', '--exercise', 'hello-node', '--reporter', reporter];

describe.each(names)('%s', (name) => {
  test('does nothing to a terminal, with colors or without', async () => {
    for (const env of [{ FORCE_COLOR: '1' }, { NO_COLOR: '1' }]) {
      for (const args of [['check'], grade('terminal')]) {
        const { stdout, stderr } = await report(name, args, env);
        expect(stdout).toContain('hello-node');
        expect(stdout + stderr).not.toMatch(ACTED_ON);
      }
    }
  });

  test('gives the log of a workflow no command', async () => {
    const env = { GITHUB_ACTIONS: 'true', CI: 'true' };
    for (const args of [['check'], ['check', '--json'], grade('terminal'), grade('json'), grade('junit')]) {
      const { stdout, stderr } = await report(name, args, env);
      expect(stdout + stderr).not.toMatch(COMMAND);
    }
    const rig = await makeRig();
    const summary = path.join(rig.folder, 'summary.md');
    const { stdout } = await report(name, grade('github'), { ...env, GITHUB_STEP_SUMMARY: summary });
    const commands = stdout.split('\n').filter((line) => COMMAND.test(line));
    expect(commands).toEqual([expect.stringMatching(/^::error (?:[a-z]+=[^,:]*,?)+::[^\r\n]*$/)]);
    const page = await rig.read('summary.md');
    expect(page.match(/^\|/gm)).toHaveLength(3);
    expect(page).not.toMatch(/<script|!\[|^# /m);
  });

  test('is data in JSON and XML', async () => {
    const lines = (await report(name, grade('json'))).stdout.trimEnd().split('\n');
    const [verdict, summary] = lines.map((line) => JSON.parse(line));
    expect(lines).toHaveLength(2);
    expect(verdict).toMatchObject({ type: 'verdict', verdict: { status: 'failed' } });
    expect(Object.hasOwn(verdict, '__proto__')).toBe(false);
    expect(summary).toMatchObject({ type: 'summary', submissions: 1, failed: 1 });
    const xml = (await report(name, grade('junit'))).stdout;
    // biome-ignore lint/suspicious/noControlCharactersInRegex: XML 1.0 forbids them
    expect(xml).not.toMatch(/[\u0000-\u0008\u000b-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])/);
    expect(xml.match(/<testcase /g)).toHaveLength(1);
    const bare = xml.replace(/<\/?[a-z]+(?: [a-z]+="[^"<>]*")*\/?>|<\?xml[^<>]*\?>/g, '');
    expect(bare).not.toMatch(/[<>"]|&(?!(?:amp|lt|gt|quot|apos|#9|#10|#58|#91);)/);
  });
});
