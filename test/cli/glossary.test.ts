import { cp } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { makeRig, TINY_COURSE } from '../rig/cli.ts';

const LESSON = `---
id: printing
title: Printing
exercises: [say-hello, add-up]
---
The [event loop](../glossary.md#event-loop) turns. First [say hello](../../exercises/say-hello/README.md),
then [add-up](../../exercises/add-up/README.md), as [this](01-printing.md) and [the web](https://nodejs.org) say.
`;

async function rigWithGlossary() {
  const rig = await makeRig();
  await cp(TINY_COURSE, path.join(rig.folder, 'c'), { recursive: true });
  await rig.write(
    'c/lessons/glossary.md',
    '# Words\n\n## event loop\n\nTakes a [callback](#callback).\n\n## callback\n\nA function.\n',
  );
  await rig.write('c/lessons/01-first/01-printing.md', LESSON);
  const run = (...args: string[]) => rig.run(['lesson', ...args, '--course', 'c']);
  return { rig, run };
}

describe('the glossary', () => {
  test('is printed as a whole, or one word of it', async () => {
    const { run } = await rigWithGlossary();
    const whole = await run('glossary');
    expect(whole).toMatchObject({ code: 0, stderr: '' });
    expect(whole.stdout).toBe('# Words\n\n## event loop\n\nTakes a callback.\n\n## callback\n\nA function.\n');
    for (const word of ['event-loop', 'Event Loop']) {
      expect((await run('glossary', word)).stdout).toBe('## event loop\n\nTakes a callback.\n');
    }
  });

  test('is data with --json', async () => {
    const { rig } = await rigWithGlossary();
    const { answer } = await rig.json(['lesson', 'glossary', 'callback', '--course', 'c']);
    expect(answer).toEqual({
      schemaVersion: 1,
      title: 'Words',
      terms: [{ id: 'callback', term: 'callback', text: 'A function.' }],
    });
  });

  test('of the built-in course explains what it links to', async () => {
    const rig = await makeRig();
    expect((await rig.run(['lesson', 'glossary', 'event-loop'])).stdout).toMatch(/^## event loop\n\n\w/);
  });

  test('tells the nearest word, and where words can be looked up', async () => {
    const { run } = await rigWithGlossary();
    const wrong = await run('glossary', 'calback');
    expect(wrong.code).toBe(2);
    expect(wrong.stderr).toContain('There is no term "calback".\nDid you mean callback?');
    const lesson = await run('printing', 'callback');
    expect(lesson.code).toBe(2);
    expect(lesson.stderr).toContain('lesson glossary <word>');
  });

  test('is not there in a course without one', async () => {
    const rig = await makeRig();
    const { code, stderr } = await rig.run(['lesson', 'glossary', '--course', TINY_COURSE]);
    expect(code).toBe(2);
    expect(stderr).toContain('There is no lesson "glossary".');
  });
});

test('links of a lesson become what can be typed', async () => {
  const { run } = await rigWithGlossary();
  const { stdout } = await run('printing');
  const text = stdout.replace(/\s+/g, ' ').replaceAll('npx ', '');
  expect(text).toContain('The event loop turns. First say hello (node-tutor start say-hello), then add-up, as');
  expect(text).toContain('as this (node-tutor lesson printing) and the web (https://nodejs.org) say.');
  expect(text).toContain('Words in the glossary: event-loop');
});

test('the audit tells a link that leads nowhere', async () => {
  const { rig } = await rigWithGlossary();
  await rig.write('c/lessons/01-first/01-printing.md', LESSON.replace('#event-loop', '#event-loops'));
  const { code, stderr } = await rig.run(['audit', '--course', 'c']);
  expect(code).toBe(2);
  expect(stderr).toContain('lessons/glossary.md has no heading #event-loops');
  expect(stderr).toContain('Did you mean `event-loop`?');
});
