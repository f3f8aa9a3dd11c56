import * as z from 'zod';
import type { HtmlAction, HtmlStep, PageCapture } from '../../model/html.ts';
import { schemaMessage } from '../issues.ts';
import { shape } from './basics.ts';
import { captureName, serverPath, status } from './http-part.ts';
import { textMatcher } from './matchers.ts';
import { regularExpression, template, templates } from './template.ts';

const count = z.union([template, z.tuple([template, template])]);

const element = shape('what elements must be', {
  css: z.string().min(1).meta({ description: 'A CSS selector.' }),
  count: count.exactOptional().meta({ description: 'How many, or [least, most]; default: at least one.' }),
  text: textMatcher.exactOptional().meta({ description: 'Text of one of them, white space folded.' }),
  value: textMatcher.exactOptional().meta({ description: 'What the same one, a form field, holds.' }),
  attributes: z
    .record(z.string(), textMatcher)
    .exactOptional()
    .meta({ description: 'Attributes of the same one, by name.' }),
  texts: template.exactOptional().meta({ description: 'Texts of all of them, in order.' }),
});

const expectation = shape('an expectation', {
  path: z.string().min(1).exactOptional().meta({ description: 'Path that the browser has come to, after redirects.' }),
  status: status.exactOptional().meta({ description: 'A status such as 404; default: any 2xx.' }),
  title: textMatcher.exactOptional().meta({ description: "The page's title." }),
  text: textMatcher.exactOptional().meta({ description: 'All text that can be seen, white space folded.' }),
  elements: z
    .union([element.transform((one) => [one]), z.array(element).min(1)])
    .exactOptional()
    .meta({ description: 'Elements by CSS selector.' }),
  source: textMatcher.exactOptional().meta({ description: 'The source of the page as it was sent.' }),
});

const near = z.string().min(1).exactOptional().meta({ description: 'A text of the page that it stands beside.' });

const form = shape('which form is meant', {
  has: z.array(z.string().min(1)).default([]).meta({ description: 'Fields that it has, by name or label.' }),
  css: z.string().min(1).exactOptional().meta({ description: 'A CSS selector that finds it.' }),
  near,
});

const submit = shape('a form to send', {
  form: form.default({ has: [] }).meta({ description: 'Which form; default: the first that has the fields.' }),
  fill: templates.default({}).meta({ description: 'Values by name or label; true for a checkbox; a file as a map.' }),
  button: z.string().min(1).exactOptional().meta({ description: 'Text of the button; default: the first.' }),
});

const click = z.union([
  z.string().min(1),
  shape('a link to follow', {
    text: z.string().min(1).exactOptional().meta({ description: 'Text of the link.' }),
    css: z.string().min(1).exactOptional().meta({ description: 'A CSS selector that finds it.' }),
    near,
  }),
]);

const captureKeys = shape('a capture', {
  css: z.string().min(1).exactOptional().meta({ description: 'A CSS selector that finds the element.' }),
  near,
  attribute: z.string().min(1).exactOptional().meta({ description: 'Its attribute; default: its text.' }),
  matches: regularExpression.exactOptional().meta({ description: 'A pattern; its first group is what is taken.' }),
  path: regularExpression.exactOptional().meta({ description: 'A pattern for the path that the browser is at.' }),
}).refine((keys) => 'css' in keys !== 'path' in keys, {
  error: schemaMessage('a capture takes from one place', 'Give it either `css` or `path`.'),
});

const capture = captureKeys.transform(({ css, near: beside, attribute, matches, path }): PageCapture => {
  if (css === undefined) return { from: 'path', matches: path ?? '' };
  return {
    from: 'element',
    css,
    ...(beside !== undefined && { near: beside }),
    ...(attribute !== undefined && { attribute }),
    ...(matches !== undefined && { matches }),
  };
});

const ACTIONS = ['open', 'click', 'submit'] as const;

const step = shape('a step on a page', {
  open: serverPath.exactOptional().meta({ description: 'Path of a page to open.' }),
  click: click.exactOptional().meta({ description: 'A link to follow, by its text or a CSS selector.' }),
  submit: submit.exactOptional().meta({ description: 'A form to fill in and send, as the page defines it.' }),
  expect: expectation.default({}).meta({ description: 'What the page must be then.' }),
  capture: z
    .record(captureName, capture)
    .exactOptional()
    .meta({ description: 'Values of the page that later steps use as templates.' }),
  times: z.int().min(2).max(500).exactOptional().meta({ description: 'How often the step is done.' }),
  sees: z
    .record(captureName, template)
    .exactOptional()
    .meta({ description: 'By captured name: the values that come in all those times, each of them and no others.' }),
})
  .refine(({ times, sees }) => (times === undefined) === (sees === undefined), {
    error: schemaMessage('`times` and `sees` go together', 'Say how often, and which values must come.'),
  })
  .refine(({ sees = {}, capture: captures = {} }) => Object.keys(sees).every((name) => name in captures), {
    error: schemaMessage('`sees` names a value that is not captured', 'Take it from the page with `capture`.'),
  })
  .refine((keys) => ACTIONS.filter((key) => key in keys).length <= 1, {
    error: schemaMessage('a step does one thing', 'Keep one of `open`, `click` and `submit`.'),
  })
  .transform(({ open, click: link, submit: sent, expect, capture: captures, times, sees }): HtmlStep => {
    const action: HtmlAction | undefined =
      open !== undefined
        ? { kind: 'open', path: open }
        : link !== undefined
          ? { kind: 'click', ...(typeof link === 'string' ? { text: link } : link) }
          : sent && { kind: 'submit', ...sent };
    const repeat = times !== undefined && sees !== undefined && { repeat: { times, sees } };
    return { ...(action && { action }), expect, ...(captures && { capture: captures }), ...repeat };
  });

/** The `html` kind: steps of a browser; the first opens a page. */
export const html = z
  .union([step.transform((one) => [one]), z.array(step).min(1)])
  .refine(([first]) => first?.action?.kind === 'open', {
    error: schemaMessage('no page is open yet', 'Begin with `open: /path`.'),
  });
