import type { Template, Value } from '../../model/course.ts';
import type { FormFinder } from '../../model/html.ts';
import type { Difference } from '../../model/verdict.ts';
import type { Client, Exchanged } from '../http/exchange.ts';
import { resolveTarget } from '../http/target.ts';
import { bodyHeaders, encodePath, multipart, urlEncoded, type Wire } from '../http/wire.ts';
import { valueText } from '../match-text.ts';
import type { CheckSay } from '../messages.ts';
import { type Control, entriesOf, type Form, findControl, formsOf, submitButtons } from './forms.ts';
import { byNearness, type Page, readPage, select, textOf } from './page.ts';

/** How many redirects a browser follows. */
const MOST_REDIRECTS = 10;

/** A page that was come to, or what kept the browser from it. */
export type Visit = { page: Page; exchanged: Exchanged } | { stopped: Difference | undefined; exchanged: Exchanged };

/** Something on a page that is not there, as the difference that a learner is shown. */
export interface Absent {
  absent: Difference;
}

/** Requests a path and follows redirects as browsers do. */
export async function visit(client: Client, wire: Wire, say: CheckSay): Promise<Visit> {
  let request = wire;
  for (let redirects = 0; ; redirects++) {
    const exchanged = await client.send(request);
    const { exchange } = exchanged;
    if (exchange.kind !== 'answer') return { stopped: undefined, exchanged };
    const { status, headers } = exchange.answer;
    if (status < 300 || status >= 400 || headers.location === undefined) {
      const page = readPage(request.target, exchange.answer);
      if (page !== undefined) return { page, exchanged };
      const got = say('html.huge', { bytes: exchange.answer.body.length });
      return {
        exchanged,
        stopped: { what: say('html.source'), relation: 'equals', expected: say('html.modest'), got },
      };
    }
    const what = say('html.redirect');
    const target = resolveTarget(request, headers.location);
    if (target === undefined || redirects >= MOST_REDIRECTS) {
      const expected = say(target === undefined ? 'html.own-address' : 'html.end-of-redirects');
      return { exchanged, stopped: { what, relation: 'equals', expected, got: headers.location } };
    }
    request = status === 307 || status === 308 ? { ...request, target } : get(target);
  }
}

/** A request for a page. */
export function get(target: string): Wire {
  return { method: 'GET', target: encodePath(target), headers: { accept: 'text/html,*/*;q=0.8' } };
}

/** The request that a click on a link of the page makes. */
export function click(
  page: Page,
  wanted: { text?: Template; css?: Template; near?: Template },
  { render, say }: Surroundings,
): Wire | Absent {
  const text = wanted.text === undefined ? undefined : valueText(render(wanted.text));
  const css = wanted.css === undefined ? 'a[href]' : valueText(render(wanted.css));
  const near = wanted.near === undefined ? undefined : valueText(render(wanted.near));
  const links =
    near === undefined ? select(page.document, css) : byNearness(page.document, select(page.document, css), near);
  const link = links.find((element) => text === undefined || textOf(element).includes(text));
  const href = link?.attribs.href;
  const target = href === undefined ? undefined : resolveTarget(page, href);
  if (target !== undefined) return get(target);
  const all = select(page.document, 'a[href]').map((element) => `${textOf(element)} (${element.attribs.href})`);
  const got = href ?? (all.length === 0 ? say('html.no-links') : all.join('\n'));
  const expected = [text, wanted.css && css, near === undefined ? undefined : say('html.near', { text: near })]
    .filter((part) => part !== undefined)
    .join(' ');
  return { absent: { what: say('html.link'), relation: 'contains', expected, got } };
}

/** What finding and filling a form needs. */
export interface Surroundings {
  render(template: Template): Value;
  say: CheckSay;
}

/** The request that a form of the page makes when it is filled in and sent. */
export function submit(
  page: Page,
  action: { form: FormFinder; fill: Readonly<Record<string, Template>>; button?: Template },
  { render, say }: Surroundings,
): Wire | Absent {
  const wanted = [...new Set([...action.form.has, ...Object.keys(action.fill)])].map((name) => valueText(render(name)));
  const css = action.form.css === undefined ? undefined : valueText(render(action.form.css));
  const forms = formsOf(page).filter(
    ({ element }) => css === undefined || select(page.document, css).includes(element),
  );
  const fitting = forms.filter((one) => wanted.every((name) => findControl(one, name) !== undefined));
  const form =
    action.form.near === undefined ? fitting[0] : nearestForm(page, fitting, valueText(render(action.form.near)));
  if (form === undefined) return { absent: missingForm(forms, wanted, say) };
  const filled = new Map<Control, Value>();
  for (const [name, template] of Object.entries(action.fill)) {
    const control = findControl(form, valueText(render(name)));
    if (control !== undefined) fill(form, { control, value: render(template) }, filled);
  }
  const label = action.button === undefined ? undefined : valueText(render(action.button));
  const buttons = submitButtons(form);
  const button = label === undefined ? buttons[0] : buttons.find(({ element }) => buttonText(element).includes(label));
  if (label !== undefined && button === undefined) {
    const got = buttons.map(({ element }) => buttonText(element)).join('\n');
    return { absent: { what: say('html.button'), relation: 'contains', expected: label, got } };
  }
  return formRequest(page, { form, filled, button }, say);
}

function nearestForm(page: Page, forms: readonly Form[], text: string): Form | undefined {
  const elements = forms.map(({ element }) => element);
  const [nearest] = byNearness(page.document, elements, text);
  return forms.find(({ element }) => element === nearest);
}

/** A radio button's value chooses among its group; any other field takes it. */
function fill(form: Form, { control, value }: { control: Control; value: Value }, filled: Map<Control, Value>): void {
  const group =
    control.kind === 'radio'
      ? form.controls.filter(({ kind, name }) => kind === 'radio' && name === control.name)
      : control.kind === 'checkbox' && typeof value !== 'boolean'
        ? form.controls.filter(({ kind, name }) => kind === 'checkbox' && name === control.name)
        : [control];
  for (const member of group) filled.set(member, value);
}

function buttonText(element: Control['element']): string {
  return element.attribs.value ?? textOf(element);
}

function missingForm(forms: readonly Form[], wanted: readonly string[], say: CheckSay): Difference {
  const got = forms.map(({ controls }) =>
    controls
      .map(({ name }) => name)
      .filter((name) => name !== '')
      .join(', '),
  );
  return {
    what: say('html.form'),
    relation: 'contains',
    expected: wanted.length === 0 ? say('html.any-form') : wanted.join(', '),
    got: forms.length === 0 ? say('html.no-form') : got.map((names) => names || say('html.no-names')).join('\n'),
  };
}

function formRequest(
  page: Page,
  { form, filled, button }: { form: Form; filled: ReadonlyMap<Control, Value>; button: Control | undefined },
  say: CheckSay,
): Wire | Absent {
  const attribute = (name: string) => button?.element.attribs[`form${name}`] ?? form.element.attribs[name];
  const action = attribute('action') || page.target;
  const target = resolveTarget(page, action);
  if (target === undefined) {
    return { absent: { what: say('html.action'), relation: 'equals', expected: say('html.own-address'), got: action } };
  }
  const entries = entriesOf(form, filled, button);
  const fields = entries.map(({ name, content, file }): [string, string] => [name, file?.name ?? content.toString()]);
  if ((attribute('method') ?? 'get').toLowerCase() !== 'post') {
    return get(`${target.split('?')[0]}?${urlEncoded(fields).body}`);
  }
  const isMultipart = attribute('enctype')?.toLowerCase() === 'multipart/form-data';
  const { body, type } = isMultipart ? multipart(entries) : urlEncoded(fields);
  return {
    method: 'POST',
    target: encodePath(target),
    headers: { ...get(target).headers, ...bodyHeaders(body, type) },
    body,
  };
}
