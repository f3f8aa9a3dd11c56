import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { CheckContext, NginxFront, PartOutcome } from '../../model/context.ts';
import type { NginxSpec } from '../../model/course.ts';
import type { Failure, SourceLocation } from '../../model/verdict.ts';
import { evaluateHttp } from '../http/evaluate.ts';
import { workContents } from '../work-contents.ts';
import { findNginxCause } from './causes.ts';
import { lineAt } from './config.ts';
import { messages } from './messages.ts';

/** The `nginx` kind: starts the real nginx with the learner's configuration in front of the exercise's server, and asks it. */
export async function evaluateNginx(spec: NginxSpec, context: CheckContext): Promise<PartOutcome> {
  const { config } = spec;
  const contents = workContents(spec, context.render);
  const front = await context.nginx({ config, ...(contents && { contents }) });
  const say = messages(context.language);
  if (front.kind === 'absent') return { status: 'skipped', tool: 'nginx', message: say('absent') };
  if (front.kind === 'no-app') return evaluateHttp(spec.http, context);
  if (front.kind !== 'up') return { status: 'failed', failure: await notStarted(front, config, context) };
  try {
    const outcome = await evaluateHttp(spec.http, { ...context, server: async () => front.server });
    if (outcome.status !== 'failed') return outcome;
    return { status: 'failed', failure: await explain(outcome.failure, config, context) };
  } finally {
    await front.server.program.stop();
  }
}

type NotUp = Extract<NginxFront, { kind: 'no-file' | 'unfit' | 'invalid' }>;

async function notStarted(front: NotUp, config: string, context: CheckContext): Promise<Failure> {
  const say = messages(context.language);
  const tried = { kind: 'command', line: `nginx -t -p . -c ${config}` } as const;
  const text = await readConfig(config, context);
  if (front.kind === 'no-file' || text === undefined) {
    return {
      summary: say('no-file', { config }),
      tried,
      differences: [],
      observed: [],
      next: say('no-file.next', { config }),
    };
  }
  if (front.kind === 'unfit') {
    const { reason, word, at } = front.unfit;
    const location = place(config, text, lineAt(text, at));
    const told = isReason(reason) ? reason : 'directive';
    return {
      summary: say(SYNTAX.some((one) => one === reason) ? 'refused' : 'untried'),
      tried,
      differences: [],
      observed: [],
      cause: { name: `nginx-${told}`, text: say(`unfit.${told}`, { word }), location },
      next: say(`unfit.${told}.next`, { word }),
    };
  }
  const [, message = front.output.trim(), line] =
    /\[(?:emerg|alert|crit)\] (?:\d+#\d+: )?(.*?)(?: in \S*?learner\.conf:(\d+))?$/m.exec(front.output) ?? [];
  const location = line === undefined ? {} : { location: place(config, text, Number(line)) };
  return {
    summary: say('refused'),
    tried,
    differences: [],
    observed: [],
    cause: { name: 'nginx-syntax', text: say('invalid', { message }), ...location },
    next: say('invalid.next'),
  };
}

/** With these nginx would not even start. */
const SYNTAX = ['unclosed', 'unopened', 'unended', 'quote'] as const;

const REASONS = [...SYNTAX, 'directive', 'path', 'upstream', 'listen', 'no-server'] as const;

function isReason(reason: string): reason is (typeof REASONS)[number] {
  return REASONS.some((one) => one === reason);
}

/** A line of the learner's configuration. */
function place(file: string, text: string, line: number): SourceLocation {
  const source = text.split(/\r?\n/)[line - 1] ?? '';
  return { file, line, column: source.length - source.trimStart().length + 1, source };
}

/** An answer that differs, with what the configuration says about it. Causes in the server's own code are not the learner's. */
async function explain(failure: Failure, config: string, context: CheckContext): Promise<Failure> {
  const text = await readConfig(config, context);
  const found = text === undefined ? undefined : findNginxCause(failure, text, messages(context.language));
  const { cause: _other, ...rest } = failure;
  if (found === undefined) return { ...rest, next: messages(context.language)('next') };
  const { name, told, next, at } = found;
  const location = at === undefined || text === undefined ? {} : { location: place(config, text, lineAt(text, at)) };
  return { ...rest, cause: { name, text: told, ...location }, next };
}

function readConfig(config: string, context: CheckContext): Promise<string | undefined> {
  return readFile(path.join(context.originOf(config), config), 'utf8').catch(() => undefined);
}
