import type { Element } from 'domhandler';
import type { Template, TextMatcher, Value } from '../../model/course.ts';
import type { ElementExpectation, PageCapture, PageExpectation } from '../../model/html.ts';
import type { Difference } from '../../model/verdict.ts';
import { statusDifference } from '../http/expect.ts';
import { printJson } from '../json.ts';
import { matchText, valueText } from '../match-text.ts';
import type { CheckSay } from '../messages.ts';
import { firstMatch } from '../pattern.ts';
import { written } from './forms.ts';
import { byNearness, type Page, select, textOf } from './page.ts';

interface Looking {
  render(template: Template): Value;
  say: CheckSay;
}

const MOST_SHOWN = 600;
const VALUE = 'value';

/** The first thing that is not as the exercise asks on a page, or undefined. */
export async function pageDifference(
  expect: PageExpectation,
  page: Page,
  looking: Looking,
): Promise<Difference | undefined> {
  const { render, say } = looking;
  const status = statusDifference(expect.status ?? '2xx', page.answer);
  if (status) return status;
  if (expect.path !== undefined) {
    const expected = valueText(render(expect.path));
    const got = expected.includes('?') ? page.target : (page.target.split('?')[0] ?? '');
    if (got !== expected) return { what: say('html.path'), relation: 'equals', expected, got };
  }
  const title = select(page.document, 'title')[0];
  const texts: [TextMatcher | undefined, string, string][] = [
    [expect.title, say('html.title'), title === undefined ? '' : textOf(title)],
    [expect.text, say('html.text'), textOf(page.document)],
  ];
  for (const [matcher, what, got] of texts) {
    const difference = matcher && (await foldedDifference(matcher, { what, got }, render));
    if (difference) return difference;
  }
  for (const element of expect.elements ?? []) {
    const difference = await elementDifference(element, page, looking);
    if (difference) return difference;
  }
  return (
    expect.source && cut(await matchText(expect.source, { what: say('html.source'), got: page.answer.body }, render))
  );
}

/** Compares texts of which white space does not matter: that of the course's values is folded as well. */
async function foldedDifference(
  matcher: TextMatcher,
  subject: { what: string; got: string },
  render: Looking['render'],
): Promise<Difference | undefined> {
  const folded = (template: Template) => {
    const value = render(template);
    return typeof value === 'string' ? value.replace(/\s+/g, ' ').trim() : value;
  };
  return cut(await matchText(matcher, subject, folded));
}

function cut(difference: Difference | undefined): Difference | undefined {
  if (difference === undefined || difference.got.length <= MOST_SHOWN) return difference;
  return { ...difference, got: `${difference.got.slice(0, MOST_SHOWN)}…` };
}

async function elementDifference(
  expectation: ElementExpectation,
  page: Page,
  { render, say }: Looking,
): Promise<Difference | undefined> {
  const css = valueText(render(expectation.css));
  const elements = select(page.document, css);
  const what = css;
  const count = countDifference(expectation, elements, { what, render, say });
  if (count) return count;
  if (expectation.texts !== undefined) {
    const wanted = render(expectation.texts);
    const expected = printJson((Array.isArray(wanted) ? wanted : [wanted]).map((text) => valueText(text)));
    const got = printJson(elements.map(textOf));
    if (expected !== got) return { what, relation: 'equals', expected, got };
  }
  const { text, value, attributes } = expectation;
  if (text === undefined && value === undefined && attributes === undefined) return undefined;
  let nearest: Difference | undefined;
  for (const element of elements) {
    const difference = await oneDifference(expectation, element, { what, render });
    if (difference === undefined) return undefined;
    nearest ??= difference;
  }
  if (nearest === undefined || elements.length === 1) return nearest;
  const got = elements.map((element) => elementText(element, nearest.what, what)).join('\n');
  return cut({ ...nearest, got });
}

function countDifference(
  { count }: ElementExpectation,
  elements: readonly Element[],
  { what, render, say }: Looking & { what: string },
): Difference | undefined {
  const value = count === undefined ? undefined : render(count as Template);
  const [least, most] =
    value === undefined
      ? [1, Number.POSITIVE_INFINITY]
      : Array.isArray(value)
        ? value.map(Number)
        : [Number(value), Number(value)];
  if (elements.length >= (least ?? 0) && elements.length <= (most ?? least ?? 0)) return undefined;
  const expected =
    value === undefined ? say('html.at-least-one') : Array.isArray(value) ? value.join(' – ') : String(value);
  return { what: say('html.count', { what }), relation: 'equals', expected, got: String(elements.length) };
}

async function oneDifference(
  { text, value, attributes }: ElementExpectation,
  element: Element,
  { what, render }: { what: string; render: Looking['render'] },
): Promise<Difference | undefined> {
  const difference = text && (await foldedDifference(text, { what, got: textOf(element) }, render));
  if (difference) return difference;
  const held = value && (await matchText(value, { what: `${what} ${VALUE}`, got: written(element).trim() }, render));
  if (held) return held;
  for (const [name, matcher] of Object.entries(attributes ?? {})) {
    const subject = { what: `${what} ${name}`, got: element.attribs[name] ?? '' };
    const wrong = await matchText(matcher, subject, render);
    if (wrong) return wrong;
  }
  return undefined;
}

function elementText(element: Element, subject: string, what: string): string {
  const name = subject.slice(what.length + 1);
  return subject === what ? textOf(element) : name === VALUE ? written(element) : (element.attribs[name] ?? '');
}

/** Takes a value from a page for the steps after it; undefined when it is not there. */
export function captureFromPage(capture: PageCapture, page: Page, render: Looking['render']): string | undefined {
  if (capture.from === 'path') return firstMatch(capture.matches, page.target);
  const texts = captureTexts(capture, page, render);
  const { matches } = capture;
  return matches === undefined
    ? texts[0]
    : texts.map((text) => firstMatch(matches, text)).find((text) => text !== undefined);
}

/** The texts or attributes that a capture chooses from, the nearest first. */
export function captureTexts(
  capture: Extract<PageCapture, { from: 'element' }>,
  page: Page,
  render: Looking['render'],
): string[] {
  const elements = select(page.document, valueText(render(capture.css)));
  const near = capture.near === undefined ? undefined : valueText(render(capture.near));
  return (near === undefined ? elements : byNearness(page.document, elements, near))
    .map((element) => (capture.attribute === undefined ? textOf(element) : element.attribs[capture.attribute]))
    .filter((text) => text !== undefined);
}
