import path from 'node:path';
import { expect, test } from 'vitest';
import { makeRig, type Rig } from '../rig/cli.ts';

/** All commands that an output names. */
async function outputs(rig: Rig, env: Readonly<Record<string, string>>): Promise<string> {
  const commands = [
    ['start', 'hello-node'],
    ['check', 'hello-node'],
    ['hint'],
    ['list'],
    ['lesson', 'process-argv'],
    ['--help'],
    ['hint', '--help'],
    ['chek'],
    ['solution', 'hello-node'],
    ['doctor'],
  ];
  let text = '';
  for (const args of commands) {
    const { stdout, stderr } = await rig.run(args, { env });
    text += stdout + stderr;
  }
  return text;
}

const COMMAND = /(npx )?(?<![\w./\\-])node-tutor (?:start|check|hint|list|lesson|solution|--help|<command>)/g;

function commandsIn(text: string): string[] {
  return [...new Set([...text.matchAll(COMMAND)].map(([command]) => command))].sort();
}

test('commands are shown as one types them where node-tutor is installed', async () => {
  const rig = await makeRig();
  const commands = commandsIn(await outputs(rig, {}));
  expect(commands.length).toBeGreaterThan(5);
  expect(commands.filter((command) => command.startsWith('npx'))).toEqual([]);
});

test.each([
  ['it was started by npx', (rig: Rig) => ({ npm_command: 'exec', PATH: rig.env.PATH ?? '' })],
  ['only npm has it on its PATH', (rig: Rig) => ({ PATH: path.join(rig.folder, 'node_modules', '.bin') })],
])('with npx before them where %s', async (_, environment) => {
  const rig = await makeRig();
  await rig.write('node_modules/.bin/node-tutor', '');
  const commands = commandsIn(await outputs(rig, environment(rig)));
  expect(commands.length).toBeGreaterThan(5);
  expect(commands.filter((command) => !command.startsWith('npx node-tutor'))).toEqual([]);
});

test('a folder of that name is no command', async () => {
  const rig = await makeRig();
  const { stdout } = await rig.run(['start', 'hello-node'], { env: { npm_command: 'exec' } });
  expect(stdout).toContain(path.join(rig.folder, 'node-tutor', 'hello-node'));
  expect(stdout).not.toContain('npx npx');
});
