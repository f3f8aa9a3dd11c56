import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../rig/cli.ts';
import { type ShortVerdict, verdictOf } from '../rig/verdict.ts';

const QUICK = path.join(ROOT, 'fixtures', 'courses', 'quick');

/** What the exercise whose program prints `done` and ends, or `bad` and fails, says to a program. */
function verdict(exercise: 'ends' | 'fails', code: string): Promise<ShortVerdict> {
  return verdictOf(exercise, { 'index.js': code }, ['--course', QUICK]);
}

/** Where the cause of the first failed check was found, and what it says. */
function shown({ results }: ShortVerdict): { line: number | undefined; text: string } {
  const cause = results.find(({ status }) => status === 'failed')?.failure?.cause;
  return { line: cause?.location?.line, text: cause?.text ?? '' };
}

describe('still-alive', () => {
  it.each([
    ['a timer', 'console.log("done");\nsetInterval(() => {}, 50);\n'],
    ['a server that listens', 'console.log("done");\nrequire("net").createServer().listen(3000);\n'],
    [
      'an open connection',
      'const server = require("net").createServer(() => console.log("done")).listen(3000, () =>\nrequire("net").connect(3000, () => server.close()));\n',
    ],
    [
      'a child process',
      'console.log("done");\nrequire("child_process").spawn(process.execPath, ["-e", "setInterval(() => {}, 9)"]);\n',
    ],
    ['a watcher of files', 'console.log("done");\nrequire("fs").watch(__dirname);\n'],
    [
      'a worker thread',
      'console.log("done");\nnew (require("worker_threads").Worker)("setInterval(() => {}, 9)", { eval: true });\n',
    ],
  ])('names %s', async (what, code) => {
    const found = await verdict('ends', code);
    expect(found).toMatchObject({ status: 'failed', causes: ['still-alive'] });
    expect(shown(found).text).toContain(what);
    expect(shown(found).line).toBe(2);
  });

  it.each([
    ['a loop', 'console.log("done"); for (;;) {}\n'],
    [
      'a loop beside a timer',
      'setInterval(() => {}, 9); console.log("done"); setTimeout(() => { for (;;) {} }, 20);\n',
    ],
  ])('is not named for %s', async (_, code) => {
    expect(await verdict('ends', code)).toMatchObject({ status: 'failed', causes: ['time'] });
  });

  it.each([
    [
      'a timer that is stopped',
      'const timer = setInterval(() => { clearInterval(timer); console.log("done"); }, 50);\n',
    ],
    [
      'a server that is closed',
      'const server = require("net").createServer().listen(3000, () => { console.log("done"); server.close(); });\n',
    ],
    ['a timer that keeps nothing alive', 'console.log("done"); setInterval(() => {}, 50).unref();\n'],
  ])('%s passes', async (_, code) => {
    expect(await verdict('ends', code)).toMatchObject({ status: 'passed' });
  });
});

describe('processes', () => {
  it('is named for one process after the other', async () => {
    const code =
      'const { spawn } = require("child_process");\nfor (let i = 0; i < 40; i++) spawn(process.execPath, ["-e", "setInterval(() => {}, 9)"]);\nconsole.log("done");\n';
    expect(await verdict('ends', code)).toMatchObject({ status: 'failed', causes: ['processes'] });
  });

  it('is not named where memory runs out, and a few processes pass', async () => {
    const memory = 'const kept = []; for (;;) kept.push(new Uint8Array(2 ** 30));\n';
    expect((await verdict('ends', memory)).causes).toEqual(['memory']);
    const few = 'require("child_process").execFile(process.execPath, ["-p", "1"], () => console.log("done"));\n';
    expect(await verdict('ends', few)).toMatchObject({ status: 'passed' });
  });
});

describe('exit-code-lost', () => {
  it('shows where the exit code was overwritten', async () => {
    const found = await verdict('fails', 'console.error("bad"); process.exitCode = 3;\nprocess.exitCode = 0;\n');
    expect(found.causes).toEqual(['exit-code-lost']);
    expect(shown(found)).toMatchObject({ line: 2, text: expect.stringContaining('becomes 0 again') });
  });

  it('has no place where no exit code was set', async () => {
    const found = await verdict('fails', 'console.error("bad");\nprocess.exit(0);\n');
    expect(found.causes).toEqual(['exit-code-lost']);
    expect(shown(found).line).toBeUndefined();
  });

  it('is not named for another wrong exit code, and setting it last passes', async () => {
    expect((await verdict('fails', 'console.error("bad"); process.exitCode = 0; process.exit(4);\n')).causes).toEqual([
      'none',
    ]);
    const right = 'process.exitCode = 0; console.error("bad"); process.exitCode = 3;\n';
    expect(await verdict('fails', right)).toMatchObject({ status: 'passed' });
  });
});

describe('exit-too-early', () => {
  it.each([
    ['before the message', 'process.exit(3);\nconsole.error("bad");\n'],
    ['in a branch before the message', 'if (true) {\n  process.exit(3);\n  console.error("bad");\n}\n'],
    ['before a callback has run', 'setTimeout(() => console.error("bad"), 10);\nprocess.exit(3);\n'],
  ])('is named for an exit %s', async (_, code) => {
    const found = await verdict('fails', code);
    expect(found.causes).toEqual(['exit-too-early']);
    expect(code.split('\n')[(shown(found).line ?? 0) - 1]).toContain('process.exit(3)');
  });

  it('is not named where the message is another one, and an exit in a branch that is not taken passes', async () => {
    expect((await verdict('fails', 'console.error("oh");\nprocess.exit(3);\n')).causes).not.toContain('exit-too-early');
    const right = 'if (process.argv.length > 9) process.exit(1);\nconsole.error("bad");\nprocess.exit(3);\n';
    expect(await verdict('fails', right)).toMatchObject({ status: 'passed' });
  });
});
