import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { validateCourse } from '../../src/course/validate.ts';
import { courses, faultsOf, tinyWith } from './support.ts';

const GLOSSARY = '# Words\n\nIntro.\n\n## event loop\n\nGoes [on](#c-and-js).\n\n## C and JS\n\nTwo `languages`.\n';
const lesson = (text: string) => `---\nid: printing\ntitle: P\nexercises: [say-hello, add-up]\n---\n${text}\n`;

/** The tiny course with a glossary and one text in its lesson. */
const withLesson = (text: string, more: Readonly<Record<string, string>> = {}) =>
  tinyWith({ 'lessons/glossary.md': GLOSSARY, 'lessons/01-first/01-printing.md': lesson(text), ...more });

describe('a link', () => {
  test.each([
    '[a term](../glossary.md#event-loop) and [another](../glossary.md#c-and-js)',
    '[an exercise](../../exercises/say-hello/README.md), [its folder](../../exercises/say-hello/)',
    '## Part two\n\n[here](#part-two), [this](01-printing.md#part-two), [that](./01-printing.md)',
    '## Twice\n\n## Twice\n\n[second](#twice-1)',
    '[the web](https://nodejs.org/x#y), <mailto:a@b.example>, [bare](//a.example)',
    '`[code](no.md)`\n\n```js\n[more](no.md)\n```',
    '| a |\n| --- |\n| [in a table](../glossary.md#event-loop) |\n\n- [in a list][ref]\n\n[ref]: ../glossary.md#event-loop',
  ])('that leads somewhere is no fault: %s', async (text) => {
    expect(await faultsOf(await withLesson(text))).toBe('');
  });

  test.each([
    ['[x](../glossary.md#event-lop)', 'lessons/glossary.md has no heading #event-lop', 'Did you mean `event-loop`?'],
    ['[x](../../exercises/say-helo/README.md)', 'leads to exercises/say-helo/README.md, which is not there', 'Did you'],
    ['[x](02-printing.md)', 'the link leads to lessons/01-first/02-printing.md', 'lessons/01-first/01-printing.md'],
    ['[x](#nowhere)', 'lessons/01-first/01-printing.md has no heading #nowhere', ''],
    ['![x](picture.png)', 'the link leads to lessons/01-first/picture.png', ''],
    ['[x](../../../secret.md)', 'the link leads out of the course', ''],
    ['[x](/lessons/glossary.md)', 'the link leads out of the course', ''],
    ['- one\n- [x](../glossary.md#nothing-like-it)', 'has no heading #nothing-like-it', ''],
  ])('that leads nowhere is a fault with its place: %s', async (text, message, fix) => {
    const shown = await faultsOf(await withLesson(text));
    expect(shown).toMatch(/^lessons\/01-first\/01-printing\.md:[67]:\d+ /);
    expect(shown).toContain(message);
    expect(shown).toContain(fix);
  });

  test('is looked at in the glossary and in tasks too', async () => {
    const shown = await faultsOf(
      await withLesson('', {
        'lessons/glossary.md': '## a\n\n[x](#b)\n',
        'exercises/say-hello/README.md': '# Hello\n\nSee [there](../../lessons/01-first/no.md).\n',
      }),
    );
    expect(shown).toContain('lessons/glossary.md:3:5  lessons/glossary.md has no heading #b');
    expect(shown).toContain('exercises/say-hello/README.md:3:13  the link leads to lessons/01-first/no.md');
  });
});

describe('a glossary', () => {
  test('is in the index, with its terms', async () => {
    const { index, glossary } = await validateCourse(await withLesson(''));
    expect(index?.glossary).toEqual({ en: 'lessons/glossary.md' });
    expect(glossary.en?.glossary).toEqual({
      title: 'Words',
      terms: [
        { id: 'event-loop', term: 'event loop', text: 'Goes [on](#c-and-js).' },
        { id: 'c-and-js', term: 'C and JS', text: 'Two `languages`.' },
      ],
    });
  });

  test('may be missing', async () => {
    const { index, glossary } = await validateCourse(path.join(courses, 'tiny'));
    expect(index).not.toHaveProperty('glossary');
    expect(glossary).toEqual({});
  });

  test.each([
    [{ 'lessons/glossary.md': '## a\n\nb\n\n## A\n\nc\n' }, 'lessons/glossary.md:5:1  the term `A` is there twice'],
    [{ 'lessons/glossary.ur-Latn.md': '## a\n\nb\n' }, 'the English glossary is missing'],
    [{ 'lessons/glossary.md': '', 'lessons/glossary.fr.md': '' }, 'course.yaml does not name the language `fr`'],
  ])('has faults: %j', async (files, message) => {
    expect(await faultsOf(await tinyWith(files))).toContain(message);
  });
});
