import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { makeRig, type Rig } from '../rig/cli.ts';
import { openTerminal } from '../rig/terminal.ts';
import { childOf, startedRig } from './support.ts';

const LAYERS = ['auto', 'guard', 'none'] as const;

describe.each(LAYERS)('run --isolate %s', (layer) => {
  const run = ['run', 'add-up', '--isolate', layer];

  test('hands on arguments, stdin, both outputs and the exit code', async () => {
    const rig = await startedRig();
    await rig.write(
      'node-tutor/add-up/sum.js',
      'console.log(process.argv.slice(2).join("|")); console.error("oops"); process.stdin.on("data", (text) => console.log(`${text}`)); process.exitCode = 7;\n',
    );
    const result = await rig.run([...run, '--', '5', '--json', '--', 'a b'], { stdin: 'typed' });
    expect(result).toMatchObject({ code: 7, stdout: '5|--json|--|a b\ntyped\n', stderr: 'oops\n' });
  });

  test('shows a crash as Node.js does, and ends with its exit code', async () => {
    const rig = await startedRig();
    await rig.write('node-tutor/add-up/sum.js', 'null.x;\n');
    const { code, stderr } = await rig.run(run);
    expect(code).toBe(1);
    expect(stderr).toContain('TypeError: Cannot read properties of null');
  });

  test('ends with 128 and the number of the signal that ended it', async () => {
    const rig = await startedRig();
    await rig.write('node-tutor/add-up/sum.js', 'process.kill(process.pid, "SIGKILL");\n');
    expect((await rig.run(run)).code).toBe(137);
  });

  test('lets a server listen on the port that it asks for, until Ctrl-C', async () => {
    const rig = await makeRig();
    await rig.run(['start', 'express-hello']);
    const port = await freePort();
    await rig.write(
      'node-tutor/express-hello/index.js',
      `require('express')().get('/', (req, res) => res.send('hello')).listen(${port}, () => console.log('listening'));\n`,
    );
    const server = rig.start(['run', 'express-hello', '--isolate', layer]);
    await server.sees('listening');
    expect(await (await fetch(`http://127.0.0.1:${port}/`)).text()).toBe('hello');
    server.child.kill('SIGINT');
    expect((await server.finished).code).toBe(130);
  });

  test('lets a program end by itself on Ctrl-C, and ends one that does not', async () => {
    const rig = await startedRig();
    await rig.write(
      'node-tutor/add-up/sum.js',
      'process.on("SIGINT", () => { console.log("bye"); process.exit(); }); setInterval(() => {}, 1000); console.log("up");\n',
    );
    const polite = rig.start(run);
    await polite.sees('up');
    polite.child.kill('SIGINT');
    expect((await polite.finished).stdout).toBe('up\nbye\n');
    await rig.write('node-tutor/add-up/sum.js', 'console.log("up"); while (true) {}\n');
    const busy = rig.start(run);
    await busy.sees('up');
    busy.child.kill('SIGINT');
    expect((await busy.finished).code).toBe(130);
  });
});

describe('run of a server', () => {
  const answer = (text: string, port: number) =>
    `require('express')().get('/', (req, res) => res.send('${text}')).listen(${port});\n`;
  const askFor = (port: number) => async () =>
    (await fetch(`http://127.0.0.1:${port}/`).catch(() => undefined))?.text();

  test('says where it listens, and starts it anew after each save, also while it starts', async () => {
    const rig = await makeRig();
    await rig.run(['start', 'express-hello']);
    const port = await freePort();
    const file = 'node-tutor/express-hello/index.js';
    await rig.write(file, answer('first', port));
    const server = rig.start(['run', 'express-hello']);
    await server.sees(`http://localhost:${port}`);
    expect(await askFor(port)()).toBe('first');
    for (const text of ['second', 'third', 'last']) await rig.write(file, answer(text, port));
    await expect.poll(askFor(port), { timeout: 20_000 }).toBe('last');
    await rig.write('node-tutor/express-hello/views/page.ejs', '<p>');
    await server.sees(`${path.join('views', 'page.ejs')} was saved`);
    server.child.kill('SIGINT');
    const { code, stderr } = await server.finished;
    expect(code).toBe(130);
    expect(stderr).not.toContain('SyntaxError');
  });

  test('ends with the exit code of one that crashes where nobody sits before it', async () => {
    const rig = await makeRig();
    await rig.run(['start', 'express-hello']);
    await rig.write('node-tutor/express-hello/index.js', 'process.exit(5);\n');
    expect((await rig.run(['run', 'express-hello'])).code).toBe(5);
  });

  test('waits for the next save after a crash in a terminal', async () => {
    const rig = await makeRig();
    await rig.run(['start', 'express-hello']);
    const port = await freePort();
    await rig.write('node-tutor/express-hello/index.js', 'oops(\n');
    const terminal = await openTerminal(rig);
    await terminal.press('nt run express-hello', 'Enter');
    await terminal.shows('Save a file to start it again');
    await rig.write('node-tutor/express-hello/index.js', answer('mended', port));
    await terminal.shows(`http://localhost:${port}`);
    expect(await askFor(port)()).toBe('mended');
    await terminal.press('C-c');
    await terminal.atPrompt();
    await terminal.press('echo code $?', 'Enter');
    await terminal.shows('code 130');
  });
});

describe('run', () => {
  test('works on a copy', async () => {
    const rig = await startedRig();
    await rig.write('node-tutor/add-up/sum.js', 'require("fs").writeFileSync("made.txt", "x"); console.log("done");\n');
    expect((await rig.run(['run', 'add-up'])).stdout).toBe('done\n');
    expect(existsSync(path.join(rig.folder, 'node-tutor/add-up/made.txt'))).toBe(false);
  });

  test('is held in the sandbox', async () => {
    const rig = await startedRig();
    await rig.write('node-tutor/add-up/sum.js', 'console.log(require("fs").readFileSync("/etc/shadow", "utf8"));\n');
    const { code, stdout } = await rig.run(['run', 'add-up']);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  });

  test.each([
    [['run', 'add-pu'], 'Did you mean add-up?'],
    [['run', 'add-up', '5'], 'Arguments for the program stand behind --.'],
    [['run', './nowhere'], 'There is no folder'],
  ])('%j ends with 2', async (args, text) => {
    const rig = await startedRig();
    const { code, stderr } = await rig.run(args);
    expect(code).toBe(2);
    expect(stderr).toContain(text);
  });

  test('says what is missing when there is nothing to run', async () => {
    const rig = await startedRig();
    await rig.write('node-tutor/add-up/sum.js', '// nothing\n');
    const { code, stderr } = await rig.run(['run', 'add-up']);
    expect(code).toBe(2);
    expect(stderr).toContain('sum.js has no code in it yet.');
  });

  const inTerminal = async (rig: Rig, code: string) => {
    await rig.write('node-tutor/add-up/sum.js', code);
    const terminal = await openTerminal(rig);
    await terminal.press('nt run node-tutor/add-up; echo "code=$?"', 'Enter');
    return terminal;
  };

  test('asks in the terminal, and is seen as one', async () => {
    const rig = await startedRig();
    const terminal = await inTerminal(
      rig,
      'const ask = require("readline").createInterface({ input: process.stdin, output: process.stdout }); ask.question(`name (${process.stdout.columns} columns)? `, (name) => { console.log("hi " + name); ask.close(); });\n',
    );
    await terminal.shows('name (80 columns)?');
    await terminal.press('Sana', 'Enter');
    await terminal.shows('hi Sana');
    await terminal.shows('code=0');
  });

  test('leaves the terminal whole when a program in raw mode is ended', async () => {
    const rig = await startedRig();
    const terminal = await inTerminal(rig, 'process.stdin.setRawMode(true); console.log("raw"); while (true) {}\n');
    await terminal.shows('raw');
    process.kill(childOf(await terminal.state('#{pane_pid}')), 'SIGTERM');
    await terminal.shows('code=143');
    await terminal.atPrompt();
    await terminal.press('stty -a | grep -o "[-]*icanon"', 'Enter');
    await terminal.shows('\nicanon');
  });
});

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' ? (address?.port ?? 0) : 0));
    });
  });
}
