import { audit } from '../../engine/audit.ts';
import type { Course } from '../../model/course.ts';
import { EXIT, TutorError } from '../../model/error.ts';
import { visible } from '../../model/escape.ts';
import type { AuditEvent } from '../../model/grading.ts';
import { suggest } from '../../model/suggest.ts';
import { plural } from '../../model/text.ts';
import type { Look } from '../../report/difference.ts';
import { reportMessages } from '../../report/messages.ts';
import { verdictText } from '../../report/terminal.ts';
import { progressBar } from '../../ui/bar.ts';
import type { Command, CommandContext } from '../context.ts';
import { chooseDatabase } from '../database.ts';
import { chooseIsolation } from '../isolation.ts';
import { needPackages } from '../needed-packages.ts';

const DEFAULT_SEEDS = 3;

/** `audit [ids…]`: the course checks itself; a fault of it is a broken course. With `--json`, its events, one a line. */
export const run: Command = async (context) => {
  const { options, io, signal, language, typed } = context;
  const [course, isolation, database] = await Promise.all([
    context.course(),
    chooseIsolation(context),
    chooseDatabase(context),
  ]);
  const only = context.arguments.map((id) => findAuditable(course, id));
  await needPackages(context, course, audited(course, only));
  const look = { theme: await context.theme(), say: reportMessages(language, typed), typed };
  const request = {
    ...{ course, isolation, database, language, signal, seeds: options.seeds ?? DEFAULT_SEEDS },
    ...(only.length > 0 && { only }),
    ...(options.shuffle !== undefined && { shuffle: options.shuffle }),
    ...(options.jobs !== undefined && { jobs: options.jobs }),
  };
  let faults = 0;
  let done = 0;
  for await (const event of audit(request)) {
    if (event.type === 'fault') faults += 1;
    if (event.type === 'case') done += 1;
    if (options.json) io.print(`${JSON.stringify(event)}\n`);
    else if (event.type === 'case') {
      const bar = progressBar(done, event.total, { theme: look.theme });
      io.remark(`${bar} ${event.exercise} ${event.variant}${event.warm ? ' (warm)' : ''}`);
    } else io.print(eventText(event, look));
  }
  return faults === 0 ? EXIT.passed : EXIT.misuse;
};

/** Ids of the exercises whose packages are needed: those that are audited, and those of the lessons. */
function audited({ index }: Course, only: readonly string[]): string[] {
  const isWanted = (id: string) => only.length === 0 || only.includes(id);
  const lessons = index.tracks.flatMap((track) => track.lessons).filter(({ id }) => isWanted(id));
  const ids = index.exercises.map(({ id }) => id).filter(isWanted);
  return [...new Set([...ids, ...lessons.flatMap(({ exercises }) => exercises)])];
}

/** The id of an exercise or a lesson. */
function findAuditable({ index }: Course, id: string): string {
  const ids = [...index.exercises, ...index.tracks.flatMap(({ lessons }) => lessons)].map((item) => item.id);
  if (ids.includes(id)) return id;
  const near = suggest(id, ids);
  throw new TutorError(`There is no exercise or lesson "${id}".`, {
    next: near.length === 0 ? 'node-tutor list shows all of them.' : `Did you mean ${near.join(' or ')}?`,
  });
}

function eventText(event: Exclude<AuditEvent, { type: 'case' }>, look: Look & Pick<CommandContext, 'typed'>): string {
  const { theme } = look;
  if (event.type === 'done') {
    const { exercises, cases, warm, faults, milliseconds } = event;
    const sign = faults === 0 ? theme.green(theme.symbols.passed) : theme.red(theme.symbols.failed);
    const counts = [
      plural(exercises, 'exercise'),
      `${plural(cases, 'case')} (${warm} warm)`,
      plural(faults, 'fault'),
    ].join(', ');
    return `${sign} ${counts} in ${(milliseconds / 1000).toFixed(1)} s\n`;
  }
  const place = [
    event.exercise,
    event.variant,
    event.seed === undefined ? undefined : `seed ${event.seed}`,
    event.warm ? 'warm' : undefined,
  ];
  const head = `${theme.red(theme.symbols.failed)} ${theme.bold(place.filter(Boolean).join(', '))}: ${visible(event.message)}\n`;
  if (event.verdict === undefined) return head;
  return `${head}${verdictText(event.verdict, look, { again: look.typed(`node-tutor audit ${event.exercise}`) })}\n`;
}
