import { describe, expect, test } from 'vitest';
import { expectLeft, reading } from './reading.ts';

const LINKED = `---
id: reading
title: Linked
exercises: []
---
About the [event loop](../glossary.md#event-loop), and what [printing on the screen is](01-printing.md) for.

\`\`\`js run
console.log(1);
\`\`\`

Then [add-up](../../exercises/add-up), the [documentation](https://nodejs.org/api/) or [the end](#far-below).

## Between

${Array.from({ length: 30 }, (_, index) => `Paragraph ${index + 1} says little.`).join('\n\n')}

## Far below

The end of it.
`;

describe('links of a lesson on screen', () => {
  test('a key goes over examples and links alike, and Enter opens what a link leads to', async () => {
    const { rig, terminal } = await reading(undefined, 'FORCE_HYPERLINK=1', LINKED);
    await terminal.press('Tab');
    await terminal.shows('Enter: the glossary, event-loop  Tab: choose  q: back');
    await terminal.press('Enter');
    expect(await terminal.shows('Waits for work.', 'q: back  Space: on  b')).toMatch(/^event loop\n/);
    await terminal.press('q');
    await terminal.shows('Enter: the glossary, event-loop');
    await terminal.press('Tab');
    await terminal.shows('Enter: the lesson printing');
    await terminal.press('Enter');
    expect(await terminal.shows('A program prints', 'q: back  Space')).toMatch(/^Printing\n/);
    await terminal.press('q');
    await terminal.shows('Enter: the lesson printing');
    await terminal.press('Tab');
    await terminal.shows('▶ │ console.log(1)', 'q: back  Space: on  r: run');
    await terminal.press('Tab');
    await terminal.shows('Enter: the task of add-up');
    await terminal.press('Enter');
    await terminal.shows('Add the numbers', '100%');
    await terminal.press('q');
    await terminal.press('Tab', 'Enter');
    await terminal.shows('For your browser: https://nodejs.org/api/');
    await terminal.press('Tab');
    await terminal.shows('Enter: another section');
    await terminal.press('Enter');
    expect(await terminal.shows('The end of it.', '3/3 Far below')).toMatch(/^Far below\n/);
    await terminal.press('q');
    await terminal.shows('Enter: another section');
    await terminal.press('BTab');
    await terminal.shows('Enter: https://nodejs.org/api/');
    await terminal.press('q');
    await expectLeft(terminal);
    const { answer } = await rig.json(['list']);
    expect(answer.tracks[0].lessons.map(({ id, read }: { id: string; read: boolean }) => [id, read])).toEqual([
      ['printing', true],
      ['reading', true],
    ]);
  });

  test('a link that goes over two lines is marked as one, and is kept when the terminal changes its size', async () => {
    const { terminal } = await reading({ columns: 40, rows: 12 }, '', LINKED);
    await terminal.press('Tab', 'Tab');
    await terminal.shows('Enter: the lesson printing');
    expect(await terminal.reversed()).toBe('printing on the screen is');
    await terminal.press('Enter');
    await terminal.shows('A program prints', 'q: back');
    await terminal.resize(80, 24);
    await terminal.shows('1/1 Printing');
    await terminal.press('q');
    await terminal.shows('Enter: the lesson printing', '1/3 Linked');
    expect(await terminal.reversed()).toBe('printing on the screen is');
  });

  test('addresses of the web are links where the terminal shows such, and stand there in any case', async () => {
    const { rig, terminal } = await reading(undefined, 'FORCE_HYPERLINK=1', LINKED);
    await terminal.press('q');
    await terminal.atPrompt();
    const recorded = await terminal.record();
    await terminal.press('FORCE_HYPERLINK=1 nt lesson reading', 'Enter');
    await terminal.shows('(https://nodejs.org/api/)');
    const raw = await recorded('q: back');
    expect(raw).toContain('\u001b]8;;https://nodejs.org/api/\u001b\\');
    expect(raw).not.toContain('\u001b]8;;..');
    const { stdout } = await rig.run(['lesson', 'reading'], { env: { FORCE_HYPERLINK: '1' } });
    expect(stdout).toContain('(https://nodejs.org/api/)');
    expect(stdout).not.toContain('\u001b');
  });
});
