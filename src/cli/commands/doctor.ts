import { findMongosh } from '../../engine/mongosh.ts';
import { tutorPaths } from '../../engine/paths.ts';
import { EXIT, TutorError } from '../../model/error.ts';
import { ATTACK_CLASSES, type Layer } from '../../model/layer.ts';
import { pickText } from '../../model/text.ts';
import { describeLayers } from '../../sandbox/layers.ts';
import { paragraph } from '../../ui/layout.ts';
import type { Theme } from '../../ui/theme.ts';
import type { Command, CommandContext } from '../context.ts';
import { chooseDatabase } from '../database.ts';
import { bad, type Finding } from '../doctor/finding.ts';
import { lookAtWorkspace } from '../doctor/workspace.ts';
import { EXIT_INTERRUPTED, Interrupted } from '../menu/prompt.ts';

/** `doctor [--fix]`: whether this machine and workspace are in order. Exit code 1 when something is bad. */
export const run: Command = async (context) => {
  try {
    return await examine(context);
  } catch (error) {
    if (error instanceof Interrupted) return EXIT_INTERRUPTED;
    throw error;
  }
};

async function examine(context: CommandContext): Promise<number> {
  const { io, options } = context;
  const looked = await look(context);
  const fixed = options.fix ? await fix(context, looked) : [];
  const found = fixed.length > 0 ? await look(context) : looked;
  const ok = found.every(({ status }) => status !== 'bad');
  const findings = found.map(({ fix: remedy, ...finding }) => ({ ...finding, isFixable: remedy !== undefined }));
  if (options.json) {
    const version = process.env.NODE_TUTOR_VERSION;
    io.print(`${JSON.stringify({ schemaVersion: 1, version, ok, fixed, findings }, undefined, 2)}\n`);
  } else {
    const theme = await context.theme();
    io.print(`${findings.map((finding) => findingText(finding, theme)).join('\n')}\n`);
    if (findings.some(({ isFixable }) => isFixable)) io.print(`\n${context.say('doctorFix')}\n`);
  }
  return ok ? EXIT.passed : EXIT.failed;
}

async function look(context: CommandContext): Promise<Finding[]> {
  const found = [
    node(),
    await course(context),
    ...(await layers()),
    await database(context),
    shell(),
    ...(await lookAtWorkspace(context)),
  ];
  return found.map((finding) =>
    finding.remedy === undefined ? finding : { ...finding, remedy: context.typed(finding.remedy) },
  );
}

/**
 * Mends what can be mended, each thing after asking.
 * @returns what was mended
 * @throws {TutorError} when it may not be asked, and `--yes` was not said
 */
async function fix(context: CommandContext, found: readonly Finding[]): Promise<string[]> {
  const { io, options, say } = context;
  const fixed: string[] = [];
  for (const { what, fix: mend } of found) {
    if (mend === undefined) continue;
    if (!options.yes) {
      if (!io.interactive || options.json) {
        throw new TutorError(say('doctorMayNot', { what: mend.what }), { next: say('doctorMayNotNext') });
      }
      const { askYesNo } = await import('../menu/prompt.ts');
      const question = { message: say('doctorAsk', { what: mend.what }), no: say('doctorNo'), yes: say('doctorYes') };
      if (!(await askYesNo(context, question))) continue;
    }
    await mend.mend();
    fixed.push(what);
    io.tell(say('doctorFixed', { what: mend.what }));
  }
  return fixed;
}

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

function findingText({ what, status, text, remedy }: Finding, theme: Theme): string {
  const { symbols } = theme;
  const sign = { ok: theme.green(symbols.passed), note: theme.yellow(symbols.broken), bad: theme.red(symbols.failed) };
  const [first = '', ...more] = paragraph(text, { indent: 28, columns: theme.columns }).split('\n');
  const lines = [`${sign[status]} ${theme.bold(what.padEnd(26))}${first.trimStart()}`, ...more];
  if (remedy !== undefined) lines.push(theme.dim(paragraph(remedy, { indent: 28, columns: theme.columns })));
  return lines.join('\n');
}
