import { accessSync, constants, existsSync } from 'node:fs';
import path from 'node:path';
import { findMongosh } from '../../engine/mongosh.ts';
import { tutorPaths } from '../../engine/paths.ts';
import { describeError, EXIT, TutorError } from '../../model/error.ts';
import { ATTACK_CLASSES, type Layer } from '../../model/layer.ts';
import { pickText, plural } from '../../model/text.ts';
import { openProgress } from '../../progress/store.ts';
import { describeLayers } from '../../sandbox/layers.ts';
import { paragraph } from '../../ui/layout.ts';
import type { Theme } from '../../ui/theme.ts';
import type { Command, CommandContext } from '../context.ts';
import { chooseDatabase } from '../database.ts';
import { findWorkspace } from '../workspace.ts';

/** One thing that was looked at. */
interface Finding {
  what: string;
  /** `note`: not as good as it could be, but everything works. */
  status: 'ok' | 'note' | 'bad';
  text: string;
  remedy?: string;
}

/** `doctor`: whether this machine and workspace are in order. Exit code 1 when something is bad. */
export const run: Command = async (context) => {
  const found = [
    node(),
    await course(context),
    ...(await layers()),
    await database(context),
    shell(),
    ...(await workspace(context)),
  ];
  const findings = found.map((finding) =>
    finding.remedy === undefined ? finding : { ...finding, remedy: context.typed(finding.remedy) },
  );
  const ok = findings.every(({ status }) => status !== 'bad');
  if (context.options.json) {
    const version = process.env.NODE_TUTOR_VERSION;
    context.io.print(`${JSON.stringify({ schemaVersion: 1, version, ok, findings }, undefined, 2)}\n`);
  } else {
    const theme = await context.theme();
    context.io.print(`${findings.map((finding) => findingText(finding, theme)).join('\n')}\n`);
  }
  return ok ? EXIT.passed : EXIT.failed;
};

function node(): Finding {
  return { what: 'Node.js', status: 'ok', text: `${process.version} on ${process.platform} ${process.arch}` };
}

async function course(context: CommandContext): Promise<Finding> {
  try {
    const { index, folder, builtIn } = await context.course();
    const where = builtIn ? 'built in' : folder;
    const text = `${pickText(index.title, context.language)} ${index.version} (${where}), ${index.exercises.length} exercises`;
    return { what: 'course', status: 'ok', text };
  } catch (error) {
    return bad('course', error);
  }
}

async function layers(): Promise<Finding[]> {
  const described = await describeLayers();
  return described.map(({ name, probe, stops }): Finding => {
    const what = `isolation: ${name}`;
    if (probe.available) return { what, status: 'ok', text: `works here; stops ${stopped(stops)}` };
    const remedy = probe.remedy === undefined ? {} : { remedy: probe.remedy };
    return { what, status: 'note', text: probe.reason, ...remedy };
  });
}

/** Which attacks a layer stops, in words. */
function stopped({ ungranted, granted }: Layer['stops']): string {
  const words = (classes: readonly string[]) =>
    classes.length === ATTACK_CLASSES.length ? 'every attack of the hostile suite' : `attacks on ${classes.join(', ')}`;
  if (granted.length === ungranted.length) return words(ungranted);
  return `${words(ungranted)}; where the exercise needs workers or children, ${words(granted)}`;
}

async function database(context: CommandContext): Promise<Finding> {
  const what = 'database';
  try {
    const choice = await chooseDatabase(context);
    const { openDatabase } = await import('../../database/session.ts');
    const opened = await openDatabase(choice, { dist: tutorPaths().dist, name: 'test' });
    await opened.close();
    const text = {
      embedded: 'embedded, which comes with the tutor (--database chooses another)',
      mongod: `mongod from ${choice.provider === 'mongod' ? choice.file : ''}, as --database asks`,
      address: `${choice.provider === 'address' ? choice.uri : ''}, as --database asks; grading drops its databases`,
    };
    return { what, status: 'ok', text: text[choice.provider] };
  } catch (error) {
    return bad(what, error);
  }
}

function shell(): Finding {
  const what = 'mongosh';
  const found = findMongosh();
  if (found !== undefined) return { what, status: 'ok', text: found.args[0] ?? found.file };
  return { what, status: 'note', text: 'not installed', remedy: 'It is installed on demand by: node-tutor mongosh' };
}

async function workspace({ options, io }: CommandContext): Promise<Finding[]> {
  const what = 'workspace';
  try {
    const found = findWorkspace({ dir: options.dir, cwd: io.cwd });
    if (found === undefined) {
      return [{ what, status: 'note', text: 'none here', remedy: 'Make one with: node-tutor start' }];
    }
    return [writable(found.folder), await progress(found.folder, found.course.id)];
  } catch (error) {
    return [bad(what, error)];
  }
}

function writable(folder: string): Finding {
  try {
    accessSync(folder, constants.W_OK);
    accessSync(path.join(folder, '.node-tutor'), constants.W_OK);
    return { what: 'workspace', status: 'ok', text: folder };
  } catch (error) {
    return { ...bad('workspace', error), remedy: `Give yourself the right to write to ${folder}` };
  }
}

async function progress(workspaceFolder: string, courseId: string): Promise<Finding> {
  const what = 'progress';
  const notices: Finding[] = [];
  const store = openProgress({
    workspace: workspaceFolder,
    course: courseId,
    onDamaged(keptAs) {
      notices.push({ what, status: 'bad', text: `${store.file} was damaged; kept as ${keptAs ?? 'it is'}` });
    },
  });
  try {
    const { exercises } = await store.read();
    const tried = Object.values(exercises).filter(({ attempts }) => attempts > 0).length;
    const text = existsSync(store.file) ? `${plural(tried, 'exercise')} tried` : 'nothing done yet';
    return notices[0] ?? { what, status: 'ok', text };
  } catch (error) {
    return bad(what, error);
  }
}

function bad(what: string, error: unknown): Finding {
  const remedy = error instanceof TutorError && error.next !== undefined ? { remedy: error.next } : {};
  return { what, status: 'bad', text: describeError(error), ...remedy };
}

function findingText({ what, status, text, remedy }: Finding, theme: Theme): string {
  const { symbols } = theme;
  const sign = { ok: theme.green(symbols.passed), note: theme.yellow(symbols.broken), bad: theme.red(symbols.failed) };
  const [first = '', ...more] = paragraph(text, { indent: 28, columns: theme.columns }).split('\n');
  const lines = [`${sign[status]} ${theme.bold(what.padEnd(26))}${first.trimStart()}`, ...more];
  if (remedy !== undefined) lines.push(theme.dim(paragraph(remedy, { indent: 28, columns: theme.columns })));
  return lines.join('\n');
}
