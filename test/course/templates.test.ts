import { describe, expect, test } from 'vitest';
import { createRenderer } from '../../src/course/templates.ts';
import type { Value } from '../../src/model/course.ts';

const GIVENS: Record<string, Value> = {
  numbers: [3, 4, 5],
  word: 'tiger',
  students: [{ name: 'Sana', marks: { maths: 7 } }],
};
const render = async (template: Value) => (await createRenderer(GIVENS))(template);

describe('createRenderer', () => {
  test('keeps the type of a lone expression', async () => {
    expect(await render('{{ numbers }}')).toEqual([3, 4, 5]);
    expect(await render('{{ numbers | sum }}')).toBe(12);
    expect(await render('{{ students[0].marks }}')).toEqual({ maths: 7 });
    expect(await render('{{- word -}}')).toBe('tiger');
  });

  test('makes text of everything else', async () => {
    expect(await render('{{ numbers | sum }} {{ word }}')).toBe('12 tiger');
    expect(await render('{{ numbers[0] }}{{ numbers[1] }}')).toBe('34');
    expect(await render('{% for n in numbers %}{{ n }}\n{% endfor %}')).toBe('3\n4\n5\n');
  });

  test('fills in lists and maps, also their keys, and leaves plain texts alone', async () => {
    expect(await render({ a: ['{{ word }}', 1, null], '{{ word }}': true, b: 'a } b' })).toEqual({
      a: ['tiger', 1, null],
      tiger: true,
      b: 'a } b',
    });
  });

  test('knows the filters that exercises need', async () => {
    expect(await render('{{ numbers | product }}')).toBe(60);
    expect(await render('{{ numbers | maximum }}')).toBe(5);
    expect(await render('{{ numbers | minimum }}')).toBe(3);
    expect(await render('{{ word | reverse_text }}')).toBe('regit');
    expect(await render('{{ word | repeat: 3 }}')).toBe('tigertigertiger');
    await expect(async () => render('{{ word | repeat: 1000000 }}')).rejects.toThrow(/repeat takes/);
    expect(await render('{{ numbers | json }}')).toBe('[3,4,5]');
    expect(await render('{{ numbers | join: "\\n" }}')).toBe('3\n4\n5');
  });

  test('leaves everything alone when there are no givens', async () => {
    expect((await createRenderer({}))('{{ nobody }}')).toBe('{{ nobody }}');
  });

  test.each([
    ['an unknown name', '{{ nobody }}', 'undefined variable: nobody'],
    ['an unknown filter', '{{ word | nofilter }}', 'undefined filter: nofilter'],
    ['an open brace', 'a {{ word', 'not closed'],
    ['prototypes', '{{ word.constructor }}', 'undefined variable: word.constructor'],
    ['the prototype of a map', '{{ students[0].__proto__ }}', 'undefined variable'],
    ['files', '{% include "/etc/passwd" %}', 'tag "include" not found'],
    ['partials', '{% render "x" %}', 'tag "render" not found'],
    ['layouts', '{% layout "x" %}', 'tag "layout" not found'],
    ['a list without end', '{{ (1..100000000) }}', 'limit'],
    [
      'a loop without end',
      '{% for a in (1..99999) %}{% for b in (1..99999) %}{{ a }}{% endfor %}{% endfor %}',
      'limit',
    ],
    ['a text without end', `{{ ${'word | append: word'} ${'| append: word'.repeat(3_000)} }}`, 'limit'],
  ])('refuses %s', async (_what, template, message) => {
    await expect(render(template)).rejects.toThrow('A template of the course cannot be filled in');
    await expect(render(template)).rejects.toThrow(message);
  });
});
