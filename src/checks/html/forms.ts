import { type Element, isText } from 'domhandler';
import type { Value } from '../../model/course.ts';
import type { FormPart } from '../http/wire.ts';
import { valueText } from '../match-text.ts';
import { type Page, select, textOf } from './page.ts';

/** A field of a form that has a name and can be sent. */
export interface Control {
  name: string;
  kind: 'text' | 'checkbox' | 'radio' | 'select' | 'file' | 'button';
  element: Element;
  /** What people call it: its label, aria-label, placeholder and id. */
  labels: readonly string[];
}

/** A form of a page with its fields. */
export interface Form {
  element: Element;
  controls: readonly Control[];
}

/** All forms of a page. */
export function formsOf(page: Page): Form[] {
  return select(page.document, 'form').map((element) => ({ element, controls: controlsOf(page, element) }));
}

/** The field of a form that a name or a label means: names first. */
export function findControl({ controls }: Form, wanted: string): Control | undefined {
  const fields = controls.filter(({ kind }) => kind !== 'button');
  const folded = fold(wanted);
  return (
    fields.find(({ name }) => name === wanted) ??
    fields.find(({ labels }) => labels.some((label) => fold(label) === folded))
  );
}

function fold(text: string): string {
  return text
    .replace(/[\s:*]+/g, ' ')
    .trim()
    .toLowerCase();
}

function controlsOf(page: Page, form: Element): Control[] {
  const { id } = form.attribs;
  const inside = select(form, 'input, textarea, select, button').filter(
    (element) => element.attribs.form === undefined,
  );
  const outside =
    id === undefined ? [] : select(page.document, '[form]').filter((element) => element.attribs.form === id);
  return [...inside, ...outside]
    .filter(
      (element) =>
        !('disabled' in element.attribs) &&
        select(page.document, 'fieldset[disabled]').every((set) => !within(element, set)),
    )
    .map((element) => ({
      name: element.attribs.name ?? '',
      kind: kindOf(element),
      element,
      labels: labelsOf(page, element),
    }));
}

function within(element: Element, ancestor: Element): boolean {
  for (let node = element.parent; node !== null; node = node.parent) if (node === ancestor) return true;
  return false;
}

function kindOf({ name, attribs }: Element): Control['kind'] {
  if (name === 'select') return 'select';
  if (name === 'textarea') return 'text';
  const type = (attribs.type ?? (name === 'button' ? 'submit' : 'text')).toLowerCase();
  if (type === 'checkbox' || type === 'radio' || type === 'file') return type;
  return ['submit', 'image', 'button', 'reset'].includes(type) ? 'button' : 'text';
}

function labelsOf(page: Page, element: Element): string[] {
  const { id } = element.attribs;
  const labels = select(page.document, 'label').filter(
    (label) => (id !== undefined && label.attribs.for === id) || within(element, label),
  );
  const others = [element.attribs['aria-label'], element.attribs.placeholder, id];
  return [...labels.map(textOf), ...others].filter((text) => text !== undefined && text !== '').map(String);
}

/** The buttons that send a form. */
export function submitButtons({ controls }: Form): Control[] {
  return controls.filter(({ element, kind }) => {
    const type = (element.attribs.type ?? 'submit').toLowerCase();
    return kind === 'button' && (type === 'submit' || type === 'image');
  });
}

/** What a form sends, in the order of the page, after the HTML standard's "constructing the entry list". */
export function entriesOf(form: Form, filled: ReadonlyMap<Control, Value>, button: Control | undefined): FormPart[] {
  return form.controls
    .filter((control) => control.name !== '' && (control.kind !== 'button' || control === button))
    .flatMap((control) => partsOf(control, filled.get(control) ?? sameRadio(control, filled)));
}

/** A radio button that another of its group was chosen instead of. */
function sameRadio({ kind, name }: Control, filled: ReadonlyMap<Control, Value>): Value | undefined {
  if (kind !== 'radio') return undefined;
  return [...filled].find(([other]) => other.kind === 'radio' && other.name === name)?.[1];
}

function partsOf(control: Control, filled: Value | undefined): FormPart[] {
  const { name, kind } = control;
  if (kind === 'file') return [filePart(name, filled)];
  return valuesOf(control, filled).map((value) => ({ name, content: Buffer.from(value) }));
}

/** A chosen file, or the empty one that browsers send for none. */
function filePart(name: string, filled: Value | undefined): FormPart {
  if (typeof filled !== 'object' || filled === null || Array.isArray(filled)) {
    return { name, content: Buffer.alloc(0), file: { name: '', type: 'application/octet-stream' } };
  }
  const { file = '', type = 'application/octet-stream', base64, text = '' } = filled as Readonly<Record<string, Value>>;
  const content = base64 === undefined ? Buffer.from(valueText(text)) : Buffer.from(valueText(base64), 'base64');
  return { name, content, file: { name: valueText(file), type: valueText(type) } };
}

/** Values of a field that holds texts; what is chosen already stays where nothing was filled in. */
function valuesOf({ kind, element }: Control, filled: Value | undefined): string[] {
  const { attribs } = element;
  if (kind === 'select') return selected(element, filled);
  if (kind === 'button') return [attribs.value ?? ''];
  if (kind === 'text') return [filled === undefined ? written(element) : valueText(filled)];
  const value = attribs.value ?? 'on';
  return isChosen(value, filled, 'checked' in attribs) ? [value] : [];
}

function isChosen(value: string, filled: Value | undefined, before: boolean): boolean {
  if (filled === undefined) return before;
  return typeof filled === 'boolean' ? filled : textsOf(filled).includes(value);
}

function selected(element: Element, filled: Value | undefined): string[] {
  const options = select(element, 'option')
    .filter(({ attribs }) => !('disabled' in attribs))
    .map((option) => ({ value: option.attribs.value ?? textOf(option), text: textOf(option), option }));
  if (filled !== undefined) {
    const wanted = textsOf(filled);
    return options
      .filter(({ value, text }) => wanted.includes(value) || wanted.includes(text))
      .map(({ value }) => value);
  }
  const chosen = options.filter(({ option }) => 'selected' in option.attribs);
  if ('multiple' in element.attribs) return chosen.map(({ value }) => value);
  const one = chosen.at(-1) ?? options[0];
  return one === undefined ? [] : [one.value];
}

function textsOf(value: Value): string[] {
  return Array.isArray(value) ? value.map(valueText) : [valueText(value)];
}

/** What a text field of a page holds before anybody types into it. */
export function written(element: Element): string {
  if (element.name !== 'textarea') return element.attribs.value ?? '';
  const text = element.children.map((child) => (isText(child) ? child.data : '')).join('');
  return text.replace(/^\r?\n/, '');
}
