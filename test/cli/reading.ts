import { cp } from 'node:fs/promises';
import path from 'node:path';
import { expect } from 'vitest';
import { makeRig, type Rig, TINY_COURSE } from '../rig/cli.ts';
import { openTerminal, type TerminalRig } from '../rig/terminal.ts';

/** Longer than a screen. */
const GLOSSARY = `# Glossary

## callback

${'Text.\n\n'.repeat(20)}

## event loop

Waits for work.
`;

/** Sections, a table, examples of all kinds and pages of text. */
const LESSON = `---
id: reading
title: Reading on
exercises: []
---
What a program is given stands in \`process.argv\`. This is **important**.

\`\`\`js run args="Sana 3"
// what was typed
const [, , ...words] = process.argv;
console.log(words, \`\${words.length} words\`);
\`\`\`
\`\`\`output
[ 'Sana', '3' ] 2 words
\`\`\`

## A table

| | |
| --- | --- |
| \`argv[0]\` | the path of node, which is long on some machines and short on others |
| \`argv[1]\` | the path of the program |

1. first the path
2. then the words

## Endless

This one never ends:

\`\`\`js run
console.log('begun');
setInterval(() => {}, 1000);
\`\`\`

${Array.from({ length: 30 }, (_, index) => `Paragraph ${index + 1} says little.`).join('\n\n')}

## The needle

Here lies the needle.

\`\`\`js run
console.log('\\u001b]0;title\\u0007', 6 * 7);
\`\`\`
\`\`\`output
41
\`\`\`
`;

export interface Size {
  columns: number;
  rows: number;
}

/** A terminal that shows the lesson. */
export async function reading(
  { columns, rows }: Size = { columns: 80, rows: 24 },
  before = '',
  lesson = LESSON,
): Promise<{ rig: Rig; terminal: TerminalRig }> {
  const rig = await makeRig();
  await cp(TINY_COURSE, path.join(rig.folder, 'course'), { recursive: true });
  await rig.write('course/lessons/01-first/02-reading.md', lesson);
  await rig.write('course/lessons/glossary.md', GLOSSARY);
  const { code } = await rig.run(['start', 'say-hello', '--course', 'course']);
  expect(code).toBe(0);
  const terminal = await openTerminal(rig);
  await terminal.resize(columns, rows);
  await terminal.press(`clear; ${before} nt lesson reading`, 'Enter');
  await terminal.shows('q: back');
  return { rig, terminal };
}

/** The screen of the lesson is gone. */
export const expectLeft = (terminal: TerminalRig) => expect.poll(() => terminal.state('#{alternate_on}')).toBe('0');
