import type { CheckContext } from '../model/context.ts';
import type { Template } from '../model/course.ts';
import type { FileContent, MadeFile, WorkContents, WorkInputs } from '../model/files.ts';
import type { Observation } from '../model/verdict.ts';
import { valueText } from './match-text.ts';

type Render = CheckContext['render'];

/** What a check puts into the work folder, its templates filled in; undefined when that is nothing. */
export function workContents({ files, folders, cwd }: WorkInputs, render: Render): WorkContents | undefined {
  if (files === undefined && folders === undefined && cwd === undefined) return undefined;
  const made = Object.entries(files ?? {}).map(([path, file]) => [renderPath(path, render), content(file, render)]);
  return {
    files: Object.fromEntries(made),
    folders: (folders ?? []).map((folder) => renderPath(folder, render)),
    ...(cwd === undefined ? {} : { cwd: renderPath(cwd, render) }),
  };
}

/** A path with its givens filled in; they may not lead out of the folder. */
export function renderPath(template: Template, render: Render): string {
  const path = valueText(render(template));
  const parts = path.split('/');
  const isInner = !path.includes('\\') && parts.every((part) => part !== '' && part !== '.' && part !== '..');
  if (!isInner) throw new Error(`A given makes the path ${JSON.stringify(path)}, which leads out of the work folder.`);
  return path;
}

function content(file: MadeFile, render: Render): FileContent {
  if ('text' in file) return { kind: 'text', text: valueText(render(file.text)) };
  if ('json' in file) return { kind: 'text', text: `${JSON.stringify(render(file.json), null, 2)}\n` };
  if ('base64' in file) return { kind: 'bytes', base64: file.base64 };
  if (!('lines' in file)) return { kind: 'noise', size: file.size };
  return {
    kind: 'lines',
    lines: Number(render(file.lines)),
    ...(file.line === undefined ? {} : { line: valueText(render(file.line)) }),
    ...(file.size === undefined ? {} : { size: file.size }),
  };
}

const MOST_SHOWN = 3;
const LONGEST_SHOWN = 1_000;

/** What a learner must know of the files that a run found, to repeat it. */
export function shownContents(contents: WorkContents | undefined): Observation[] {
  return Object.entries(contents?.files ?? {})
    .slice(0, MOST_SHOWN)
    .map(([what, file]) => ({ what, text: shownContent(file) }));
}

function shownContent(content: FileContent): string {
  switch (content.kind) {
    case 'text':
      return content.text.length > LONGEST_SHOWN ? `${content.text.slice(0, LONGEST_SHOWN)}…` : content.text;
    case 'bytes':
      return `${Buffer.from(content.base64, 'base64').length} bytes`;
    case 'noise':
      return `${content.size} bytes`;
    case 'lines':
      return `${content.lines} lines${content.size === undefined ? '' : `, ${content.size} bytes`}`;
  }
}
