import http from 'node:http';
import { inspect } from 'node:util';
import { MongoClient } from 'mongodb';
import mongoose from 'mongoose';
import { describe, expect, test } from 'vitest';
import { drawGivens } from '../../src/course/givens.ts';
import { CITIES, NAMES, WORDS } from '../../src/course/words.ts';
import type { GivenSpec, Value } from '../../src/model/course.ts';

const spec = (generator: string, options: GivenSpec['options'] = {}, where?: string): GivenSpec => ({
  generator,
  options,
  ...(where !== undefined && { where }),
});

/** One given's value under many seeds. */
async function draws(given: GivenSpec): Promise<Value[]> {
  const values: Value[] = [];
  for (let seed = 0; seed < 200; seed++) values.push((await drawGivens({ it: given }, String(seed))).it ?? null);
  return values;
}

const numbers = (values: Value): number[] => (Array.isArray(values) ? values.map(Number) : []);

describe('drawGivens', () => {
  test('gives the same values for the same seed, and others for another', async () => {
    const given = {
      a: spec('integers', { count: 10 }),
      b: spec('words', { count: 3, distinct: true }),
      c: spec('uuid'),
    };
    expect(await drawGivens(given, 'one')).toEqual(await drawGivens(given, 'one'));
    expect(await drawGivens(given, 'one')).not.toEqual(await drawGivens(given, 'two'));
  });

  test('gives a value independently of the other givens and their order', async () => {
    const a = spec('integers', { count: 5 });
    const b = spec('sentence');
    const alone = await drawGivens({ a }, 'seed');
    expect((await drawGivens({ b, a }, 'seed')).a).toEqual(alone.a);
    expect((await drawGivens({ a, b }, 'seed')).a).toEqual(alone.a);
    const twins = await drawGivens({ a, twin: a }, 'seed');
    expect(twins.a).not.toEqual(twins.twin);
  });

  test('integers keep their bounds, reach them, and can leave out zero and repetitions', async () => {
    const values = await draws(spec('integer', { min: -1, max: 1 }));
    expect(new Set(values)).toEqual(new Set([-1, 0, 1]));
    expect(new Set(await draws(spec('integer', { min: -1, max: 1, nonzero: true })))).toEqual(new Set([-1, 1]));
    for (const list of await draws(spec('integers', { count: 5, min: 1, max: 5, distinct: true }))) {
      expect(numbers(list).sort()).toEqual([1, 2, 3, 4, 5]);
    }
  });

  test('a count can be a range', async () => {
    const lengths = (await draws(spec('integers', { count: [3, 6] }))).map((list) => numbers(list).length);
    expect(new Set(lengths)).toEqual(new Set([3, 4, 5, 6]));
  });

  test('one word is a text, several are a list without repetitions', async () => {
    for (const word of await draws(spec('words', { count: 1, distinct: true }))) expect(WORDS).toContain(word);
    for (const list of await draws(spec('words', { count: 20, distinct: true }))) {
      expect(new Set(Array.isArray(list) ? list : []).size).toBe(20);
    }
    for (const list of await draws(spec('words', { count: [1, 2], distinct: true })))
      expect(Array.isArray(list)).toBe(true);
  });

  test.each([
    ['name', (value: Value) => NAMES.includes(String(value))],
    ['city', (value: Value) => CITIES.includes(String(value))],
    ['sentence', (value: Value) => /^[A-Z][^{}]+\.$/.test(String(value))],
    ['email', (value: Value) => /^[a-z]+\.[a-z]+@example\.com$/.test(String(value))],
    ['hex', (value: Value) => /^[0-9a-f]{8}$/.test(String(value))],
    [
      'uuid',
      (value: Value) => /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(String(value)),
    ],
    ['date', (value: Value) => new Date(String(value)).toISOString().startsWith(String(value))],
    ['boolean', (value: Value) => typeof value === 'boolean'],
    ['number', (value: Value) => Math.round(Number(value) * 100) / 100 === value && Number(value) <= 100],
  ])('%s looks like one', async (generator, fits) => {
    const values = await draws(spec(generator));
    expect(values.filter((value) => !fits(value))).toEqual([]);
    expect(new Set(values).size).toBeGreaterThan(1);
  });

  test('documents have their fields, different where asked', async () => {
    const of = {
      name: spec('name'),
      marks: spec('document', { of: { maths: spec('integer', { min: 0, max: 3 }) } as unknown as Value }),
    } as unknown as Value;
    const { it } = await drawGivens({ it: spec('documents', { count: 40, distinct: ['name'], of }) }, 'seed');
    const documents = it as { name: string; marks: { maths: number } }[];
    expect(new Set(documents.map(({ name }) => name)).size).toBe(40);
    for (const { marks } of documents) expect([0, 1, 2, 3]).toContain(marks.maths);
  });

  test('a condition holds in every draw and sees the givens above it', async () => {
    for (let seed = 0; seed < 100; seed++) {
      const { low, high } = await drawGivens(
        {
          low: spec('integer', { min: 1, max: 9 }),
          high: spec('integer', { min: 1, max: 10 }, 'high > low and high != 7'),
        },
        String(seed),
      );
      expect(Number(high)).toBeGreaterThan(Number(low));
      expect(high).not.toBe(7);
    }
  });

  test('names the given whose conditions cannot be met', async () => {
    const impossible = { fine: spec('word'), never: spec('integer', { min: 1, max: 3 }, 'never > 3') };
    await expect(drawGivens(impossible, 'seed')).rejects.toThrow(
      'The given `never` found no value for which `never > 3` is true in 1000 draws.',
    );
    await expect(
      drawGivens({ few: spec('integers', { count: 4, min: 1, max: 3, distinct: true }) }, 'seed'),
    ).rejects.toThrow('`few`');
    await expect(drawGivens({ wrong: spec('word', {}, 'nobody > 3') }, 'seed')).rejects.toThrow(
      'The condition of the given `wrong` is at fault: undefined variable: nobody.',
    );
  });
});

describe('word lists', () => {
  const EVERYDAY = [
    'TypeError: Cannot read properties of undefined (reading)',
    'ReferenceError: is not defined',
    "SyntaxError: Unexpected token, missing ) after argument list, Unexpected end of input, Invalid or unexpected identifier 'await' is only valid in async functions and the top level bodies of modules",
    'RangeError: Maximum call stack size exceeded; Assignment to constant variable; is not a function; is not iterable; is not a constructor',
    "Error: Cannot find module Require stack: code: 'MODULE_NOT_FOUND' node:internal/modules/cjs/loader throw err; at Object.<anonymous> Module._compile processTicksAndRejections async",
    'Error: listen EADDRINUSE: address already in use port syscall errno ENOENT: no such file or directory, open path EACCES permission denied connect ECONNREFUSED',
    'Warning: To load an ES module, set "type": "module" in the package.json or use the .mjs extension. Use `node --trace-warnings ...` to show where the warning was created',
    'ERR_UNHANDLED_REJECTION This error originated either by throwing inside of an async function without a catch block, or by rejecting a promise which was not handled with .catch(). Node.js v20',
    'break case catch class const continue debugger default delete do else enum export extends false finally for function if implements import in instanceof interface let new null package private protected public return static super switch this throw true try typeof var void while with yield',
    'console log error string number boolean symbol bigint array map set date json math buffer process stream timer usage invalid missing expected argument value option',
  ]
    .join(' ')
    .toLowerCase();

  test.each([
    ['WORDS', WORDS, 200],
    ['NAMES', NAMES, 80],
    ['CITIES', CITIES, 60],
  ])('%s has many entries and none within another', (_name, list, least) => {
    expect(list.length).toBeGreaterThanOrEqual(least);
    const lower = list.map((entry) => entry.toLowerCase());
    expect(
      lower.filter((entry, index) => lower.some((other, place) => place !== index && other.includes(entry))),
    ).toEqual([]);
  });

  test('no word occurs in everyday messages of Node', () => {
    expect(WORDS.filter((word) => EVERYDAY.includes(word))).toEqual([]);
    expect(NAMES.filter((name) => EVERYDAY.split(/\W+/).includes(name.toLowerCase()))).toEqual([]);
  });

  test('none occurs in what the packages of exercises print of themselves', () => {
    const products = new MongoClient('mongodb://127.0.0.1').db('shop').collection('products');
    const Product = mongoose.model('Product', new mongoose.Schema({ name: String }));
    const printed = [products, products.find(), Product, Product.find(), new Product(), process, http];
    const text = printed.map((each) => inspect(each)).join('\n');
    expect([...WORDS, ...NAMES, ...CITIES].filter((entry) => text.includes(entry))).toEqual([]);
  });
});
