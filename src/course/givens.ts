import type { Exercise, GivenSpec, Value } from '../model/course.ts';
import { TutorError } from '../model/error.ts';
import { randomFrom } from '../model/random.ts';
import type * as Engine from './liquid.ts';
import { CITIES, NAMES, SENTENCES, WORDS } from './words.ts';

/** How often a value is drawn again until its `where` or `distinct` holds. */
const MAX_DRAWS = 1_000;
/** How many single values the givens of one run may hold. */
const MAX_VALUES = 20_000;

/**
 * Draws an exercise's givens. The same seed gives the same values; each given has a stream of its own, so adding one
 * does not change the others.
 * @throws {TutorError} naming the given whose conditions cannot be met
 */
export async function drawGivens(given: Exercise['given'], seed: string): Promise<Record<string, Value>> {
  const conditional = Object.values(given).some(({ where }) => where !== undefined);
  const engine = conditional ? await import('./liquid.ts') : undefined;
  const meets = engine === undefined ? always : conditionTester(engine);
  const drawn: Record<string, Value> = {};
  const budget = { left: MAX_VALUES };
  for (const [name, spec] of Object.entries(given)) {
    const draw: Draw = { random: randomFrom(`${seed}/${name}`), name, budget };
    drawn[name] = drawWhere({ draw, spec, drawn, meets });
  }
  return drawn;
}

interface Draw {
  random: () => number;
  /** The given's name, for messages. */
  name: string;
  budget: { left: number };
}

/** Whether a condition is true for the givens drawn so far and the one named. */
type Meets = (where: string, name: string, givens: Readonly<Record<string, Value>>) => boolean;

const always: Meets = () => true;

function conditionTester({ evaluate, templateMessage }: typeof Engine): Meets {
  return (where, name, givens) => {
    try {
      const value = evaluate(where, givens);
      return value !== false && value !== null;
    } catch (error) {
      throw new TutorError(`The condition of the given \`${name}\` is at fault: ${templateMessage(error)}.`, {
        cause: error,
      });
    }
  };
}

function drawWhere({
  draw,
  spec,
  drawn,
  meets,
}: {
  draw: Draw;
  spec: GivenSpec;
  drawn: Readonly<Record<string, Value>>;
  meets: Meets;
}): Value {
  const { where } = spec;
  if (where === undefined) return drawValue(draw, spec);
  const { left } = draw.budget;
  for (let attempt = 0; attempt < MAX_DRAWS; attempt++) {
    draw.budget.left = left;
    const value = drawValue(draw, spec);
    if (meets(where, draw.name, { ...drawn, [draw.name]: value })) return value;
  }
  throw new TutorError(
    `The given \`${draw.name}\` found no value for which \`${where}\` is true in ${MAX_DRAWS} draws.`,
    {
      next: 'Loosen the condition or widen the range in exercise.yaml.',
    },
  );
}

function drawValue(draw: Draw, spec: GivenSpec): Value {
  if (draw.budget.left-- <= 0) {
    throw new TutorError(`With the given \`${draw.name}\` the givens grow beyond ${MAX_VALUES} values.`);
  }
  const generate = Object.hasOwn(GENERATORS, spec.generator) ? GENERATORS[spec.generator] : undefined;
  if (generate === undefined)
    throw new TutorError(`The given \`${draw.name}\` names no known generator: ${spec.generator}.`);
  return generate(draw, spec.options);
}

type Options = GivenSpec['options'];
type Generator = (draw: Draw, options: Options) => Value;

const GENERATORS: Readonly<Record<string, Generator>> = {
  integer: drawInteger,
  integers: (draw, options) => drawMany(draw, options, () => drawInteger(draw, options)),
  number: (draw, options) => {
    const [min, max] = [numberOf(options.min, 0), numberOf(options.max, 100)];
    return Number((min + draw.random() * (max - min)).toFixed(numberOf(options.decimals, 2)));
  },
  boolean: (draw) => draw.random() < 0.5,
  word: (draw) => pick(draw, WORDS),
  words: (draw, options) => oneOrMany(draw, options, () => pick(draw, WORDS)),
  name: (draw) => pick(draw, NAMES),
  names: (draw, options) => oneOrMany(draw, options, () => pick(draw, NAMES)),
  city: (draw) => pick(draw, CITIES),
  cities: (draw, options) => oneOrMany(draw, options, () => pick(draw, CITIES)),
  sentence: drawSentence,
  sentences: (draw, options) => oneOrMany(draw, options, () => drawSentence(draw)),
  email: drawEmail,
  emails: (draw, options) => oneOrMany(draw, options, () => drawEmail(draw)),
  choice: (draw, options) => pick(draw, listOf(options.from)),
  choices: (draw, options) => drawMany(draw, options, () => pick(draw, listOf(options.from))),
  hex: (draw, options) => drawHex(draw, numberOf(options.length, 8)),
  uuid: (draw) =>
    [
      drawHex(draw, 8),
      drawHex(draw, 4),
      `4${drawHex(draw, 3)}`,
      pick(draw, ['8', '9', 'a', 'b']) + drawHex(draw, 3),
      drawHex(draw, 12),
    ].join('-'),
  date: (draw) =>
    [between(draw, 2000, 2029), between(draw, 1, 12), between(draw, 1, 28)]
      .map((part) => String(part).padStart(2, '0'))
      .join('-'),
  array: (draw, options) => drawMany(draw, options, () => drawValue(draw, specOf(options.of))),
  document: drawDocument,
  documents: drawDocuments,
};

function drawInteger(draw: Draw, options: Options): number {
  const [min, max] = [numberOf(options.min, 0), numberOf(options.max, 100)];
  return redraw(
    draw,
    () => between(draw, min, max),
    (value) => options.nonzero !== true || value !== 0,
  );
}

function drawSentence(draw: Draw): string {
  return pick(draw, SENTENCES).replace(/\{(name|city|word|number)\}/g, (_place, kind) => {
    if (kind === 'name') return pick(draw, NAMES);
    if (kind === 'city') return pick(draw, CITIES);
    return kind === 'word' ? pick(draw, WORDS) : String(between(draw, 2, 99));
  });
}

function drawEmail(draw: Draw): string {
  return `${pick(draw, NAMES).toLowerCase()}.${pick(draw, WORDS)}@example.com`;
}

function drawHex(draw: Draw, length: number): string {
  return Array.from({ length }, () => between(draw, 0, 15).toString(16)).join('');
}

function drawDocument(draw: Draw, options: Options): Value {
  return Object.fromEntries(
    Object.entries(mapOf(options.of)).map(([field, spec]) => [field, drawValue(draw, specOf(spec))]),
  );
}

function drawDocuments(draw: Draw, options: Options): Value {
  const distinct = listOf(options.distinct ?? []).map(String);
  const documents: { readonly [key: string]: Value }[] = [];
  const count = drawCount(draw, options);
  while (documents.length < count) {
    const isNew = (document: { readonly [key: string]: Value }) =>
      distinct.every((field) =>
        documents.every((other) => JSON.stringify(other[field]) !== JSON.stringify(document[field])),
      );
    documents.push(redraw(draw, () => mapOf(drawDocument(draw, options)), isNew));
  }
  return documents;
}

/** A list; of a `count` of exactly 1, the value itself. */
function oneOrMany(draw: Draw, options: Options, one: () => Value): Value {
  const values = drawMany(draw, options, one);
  return options.count === 1 ? (values[0] ?? null) : values;
}

function drawMany(draw: Draw, options: Options, one: () => Value): Value[] {
  const count = drawCount(draw, options);
  draw.budget.left -= count;
  const seen = new Set<string>();
  const values: Value[] = [];
  while (values.length < count) {
    const value = redraw(draw, one, (candidate) => options.distinct !== true || !seen.has(JSON.stringify(candidate)));
    seen.add(JSON.stringify(value));
    values.push(value);
  }
  return values;
}

function drawCount(draw: Draw, { count }: Options): number {
  if (typeof count === 'number') return count;
  const [least, most] = listOf(count);
  return between(draw, numberOf(least, 1), numberOf(most, 1));
}

function redraw<Drawn>(draw: Draw, one: () => Drawn, fits: (value: Drawn) => boolean): Drawn {
  for (let attempt = 0; attempt < MAX_DRAWS; attempt++) {
    const value = one();
    if (fits(value)) return value;
  }
  throw new TutorError(`The given \`${draw.name}\` found no further different value in ${MAX_DRAWS} draws.`, {
    next: 'Ask for fewer values or widen the range in exercise.yaml.',
  });
}

function between(draw: Draw, min: number, max: number): number {
  return min + Math.floor(draw.random() * (max - min + 1));
}

function pick<Item>(draw: Draw, items: readonly Item[]): Item {
  const item = items[Math.floor(draw.random() * items.length)];
  if (item === undefined) throw new TutorError(`The given \`${draw.name}\` has nothing to choose from.`);
  return item;
}

function numberOf(value: Value | undefined, fallback: number): number {
  return typeof value === 'number' ? value : fallback;
}

function listOf(value: Value | undefined): readonly Value[] {
  return Array.isArray(value) ? value : [];
}

function mapOf(value: Value | undefined): { readonly [key: string]: Value } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as { readonly [key: string]: Value })
    : {};
}

function specOf(value: Value | undefined): GivenSpec {
  const { generator, options } = mapOf(value);
  return { generator: String(generator), options: mapOf(options) };
}
