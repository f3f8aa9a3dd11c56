import type { Template, Value } from '../../model/course.ts';
import type { HttpRequest, MultipartField } from '../../model/http.ts';
import { valueText } from '../match-text.ts';

/** A request ready for the wire, but for its port and cookies. */
export interface Wire {
  method: string;
  /** Path and query. */
  target: string;
  headers: Readonly<Record<string, string>>;
  body?: Buffer | string;
  /** Sent so often, one after the other. */
  times?: number;
  /** Milliseconds that its answer may take, where they are fewer than usual. */
  patience?: number;
  /** What a multipart body consists of. */
  parts?: readonly FormPart[];
}

type Render = (template: Template) => Value;

const BOUNDARY = 'node-tutor-form-boundary';

/** The request of a step under one of its methods. */
export function toWire(step: HttpRequest, method: string, render: Render): Wire {
  const fields = (map: Readonly<Record<string, Template>>) => pairs(map, render);
  const query = new URLSearchParams(fields(step.query ?? {})).toString();
  const path = encodePath(valueText(render(step.path)));
  const parts = step.multipart && Object.entries(step.multipart).map((field) => part(field, render));
  const { body, type } = parts ? multipart(parts) : bodyOf(step, render);
  return {
    method,
    target: path + (query && `${path.includes('?') ? '&' : '?'}${query}`),
    headers: { ...bodyHeaders(body, type), ...Object.fromEntries(fields(step.headers ?? {})) },
    ...(body === undefined ? {} : { body }),
    ...(step.times === undefined ? {} : { times: step.times }),
    ...(parts && { parts }),
  };
}

/** A path as it goes onto the wire; what is encoded already stays as it is. */
export function encodePath(path: string): string {
  return encodeURI(path).replace(/%25([0-9A-Fa-f]{2})/g, '%$1');
}

/** The headers that describe a body. */
export function bodyHeaders(body: Buffer | string | undefined, type: string | undefined): Record<string, string> {
  return {
    ...(type === undefined ? {} : { 'content-type': type }),
    ...(body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }),
  };
}

function bodyOf(step: HttpRequest, render: Render): { body?: Buffer | string; type?: string } {
  if (step.form) return urlEncoded(pairs(step.form, render));
  if (step.json !== undefined) return { body: JSON.stringify(render(step.json)), type: 'application/json' };
  return step.body === undefined ? {} : { body: valueText(render(step.body)) };
}

/** Fields as a form sends them; a list stands for several fields of one name. */
function pairs(map: Readonly<Record<string, Template>>, render: Render): [string, string][] {
  return Object.entries(map).flatMap(([name, template]): [string, string][] => {
    const value = render(template);
    return (Array.isArray(value) ? value : [value]).map((item) => [name, valueText(item)]);
  });
}

/** A form's fields in the encoding that forms have by default. */
export function urlEncoded(fields: readonly (readonly [string, string])[]): { body: string; type: string } {
  const body = new URLSearchParams(fields.map(([name, value]): [string, string] => [name, value])).toString();
  return { body, type: 'application/x-www-form-urlencoded' };
}

/** One part of a multipart form. */
export interface FormPart {
  name: string;
  content: Buffer;
  file?: { name: string; type: string };
}

/** A form's parts after RFC 7578. */
export function multipart(parts: readonly FormPart[]): { body: Buffer; type: string } {
  const chunks = parts.flatMap(({ name, content, file }) => {
    const fileName = file === undefined ? '' : `; filename="${escapeName(file.name)}"`;
    const type = file === undefined ? '' : `Content-Type: ${file.type}\r\n`;
    const head = `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${escapeName(name)}"${fileName}\r\n${type}\r\n`;
    return [Buffer.from(head), content, Buffer.from('\r\n')];
  });
  const body = Buffer.concat([...chunks, Buffer.from(`--${BOUNDARY}--\r\n`)]);
  return { body, type: `multipart/form-data; boundary=${BOUNDARY}` };
}

function escapeName(name: string): string {
  return name.replaceAll('"', '%22').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function part([name, field]: [string, MultipartField], render: Render): FormPart {
  const content = contentOf(field, render);
  if (field.file === undefined) return { name, content };
  return {
    name,
    content,
    file: { name: valueText(render(field.file)), type: field.type ?? 'application/octet-stream' },
  };
}

function contentOf({ base64, size, text = '' }: MultipartField, render: Render): Buffer {
  if (base64 !== undefined) return Buffer.from(base64, 'base64');
  return size === undefined ? Buffer.from(valueText(render(text))) : Buffer.alloc(size, 'node-tutor');
}
