import type { AnyNode } from 'acorn';
import type { CheckContext } from '../../model/context.ts';
import type { SourceLocation } from '../../model/verdict.ts';
import type { CheckSay } from '../messages.ts';
import type { FailedProgram } from '../program.ts';
import { type Found, found } from './found.ts';
import { readServerCode } from './http/server-code.ts';
import { calledName, pathOf, type Site, sitesOf } from './scopes.ts';
import type { ParsedSource } from './source.ts';

/** Functions of node:child_process, by what becomes of the output. */
const CALLS = {
  all: /^(exec|execFile|spawn|fork)(Sync)?$/,
  later: /^(exec|execFile|spawn|fork)$/,
  shell: /^exec(Sync)?$/,
  collects: /^(exec|execFile)(Sync)?$|^spawnSync$/,
} as const;

/** What a child process is printed as. */
const PRINTED_CHILD = /\[object Object\]|ChildProcess \{|Socket \{|\bundefined\b/;
/** Signs that a shell reads as more than a part of a word. */
const SHELL_SIGNS = /[;&|<>$`'"()*?]/;

/** How much of the output is read for what Node.js says, in characters. */
const MOST_READ = 10_000;

interface Call {
  site: Site;
  source: ParsedSource;
}

/** The causes of a failed program that starts processes or threads. */
export async function processCause(
  failed: FailedProgram,
  { submission }: CheckContext,
  say: CheckSay,
): Promise<Found | undefined> {
  const { files, mentions } = await readServerCode(submission);
  if (!mentions(/\b(child_process|worker_threads)\b|process\.(on|once)\(\s*['"]message/)) return undefined;
  const calls = (await Promise.all(files.map(callsIn))).flat();
  return (
    shellInjection(failed, calls, say) ??
    childReturned(failed, calls, say) ??
    (await noProcessSend(failed, files, say)) ??
    noPostMessage(failed, files, say)
  );
}

/** Calls of node:child_process and of nothing else of those names, such as `pattern.exec`. */
async function callsIn(source: ParsedSource): Promise<Call[]> {
  if (!/\bchild_process\b/.test(source.text)) return [];
  const sites = await sitesOf(source.program);
  return sites
    .filter(({ node }) => CALLS.all.test(calledName(node) ?? '') && !isOfPattern(node))
    .map((site) => ({ site, source }));
}

function isOfPattern(node: AnyNode): boolean {
  return (
    node.type === 'CallExpression' &&
    node.callee.type === 'MemberExpression' &&
    (node.callee.object.type === 'Literal' || node.arguments.length === 1) &&
    calledName(node) === 'exec' &&
    !/child|process|cp/i.test(pathOf(node.callee) ?? '')
  );
}

/** Node.js ended the child, because it had printed too much. */
export async function maxBuffer(
  { outcome }: FailedProgram,
  { submission }: CheckContext,
  say: CheckSay,
): Promise<Found | undefined> {
  const said = outcome.stdout.text.slice(-MOST_READ) + outcome.stderr.text;
  if (!/MAXBUFFER|maxBuffer length exceeded/.test(said)) return undefined;
  const { files } = await readServerCode(submission);
  const calls = (await Promise.all(files.map(callsIn))).flat();
  const call = calls.find(({ site }) => CALLS.collects.test(calledName(site.node) ?? ''));
  return (
    call &&
    found('max-buffer', say('cause.max-buffer'), {
      next: say('cause.max-buffer.next'),
      location: call.source.locate(call.site.node),
    })
  );
}

/** An argument went through a shell that made more of it than a word. */
function shellInjection({ input, outcome }: FailedProgram, calls: readonly Call[], say: CheckSay): Found | undefined {
  if (outcome.ended !== 'exit') return undefined;
  const hasSigns = input.args.some((arg) => SHELL_SIGNS.test(arg));
  if (!hasSigns && !input.args.some((arg) => /\s/.test(arg))) return undefined;
  const call = calls.find(({ site: { node }, source }) => usesShell(node, source));
  if (call === undefined) return undefined;
  return found('shell-injection', say(hasSigns ? 'cause.shell-injection' : 'cause.shell-injection.words'), {
    next: say('cause.shell-injection.next'),
    location: call.source.locate(call.site.node),
  });
}

function usesShell(node: AnyNode, { text }: ParsedSource): boolean {
  if (node.type !== 'CallExpression') return false;
  if (/\bshell\s*:(?!\s*false\b)/.test(text.slice(node.start, node.end))) return true;
  const [command] = node.arguments;
  return CALLS.shell.test(calledName(node) ?? '') && command !== undefined && command.type !== 'Literal';
}

/** The child itself was printed instead of its output. */
function childReturned(
  { outcome, differences }: FailedProgram,
  calls: readonly Call[],
  say: CheckSay,
): Found | undefined {
  if (!differences.some(({ what }) => what === 'stdout') || !PRINTED_CHILD.test(outcome.stdout.text)) return undefined;
  for (const { site, source } of calls) {
    const parent = site.around.at(-2);
    const call = calledName(site.node) ?? '';
    if (!CALLS.later.test(call) || parent?.type !== 'VariableDeclarator' || parent.id.type !== 'Identifier') continue;
    const { name } = parent.id;
    const shown = new RegExp(`\\$\\{\\s*${name}\\b(?!\\.(pid|exitCode))|[(,+]\\s*${name}(\\.std(out|err))?\\s*[),+;]`);
    if (!shown.test(source.text)) continue;
    return found('child-returned', say('cause.child-returned', { call, name }), {
      next: say('cause.child-returned.next', { call }),
      location: source.locate(site.node),
    });
  }
  return undefined;
}

/** A process that listens for messages and never sends one. */
async function noProcessSend(
  { differences, outcome }: FailedProgram,
  files: readonly ParsedSource[],
  say: CheckSay,
): Promise<Found | undefined> {
  const lacksOutput = outcome.ended === 'time' || differences.some(({ what }) => what === 'stdout');
  if (!lacksOutput) return undefined;
  const listener = /\bprocess\s*\.\s*(on|once|addListener)\(\s*['"]message['"]/;
  const silent = files.find(({ text }) => listener.test(text) && !/\bsend\b/.test(text));
  return (
    silent &&
    found('no-process-send', say('cause.no-process-send'), {
      next: say('cause.no-process-send.next'),
      location: silent.locate({ start: silent.text.search(listener) }),
    })
  );
}

/** A worker that is given its work and never sends the result. */
function noPostMessage(
  { differences, outcome }: FailedProgram,
  files: readonly ParsedSource[],
  say: CheckSay,
): Found | undefined {
  const lacksOutput = outcome.ended === 'time' || differences.some(({ what }) => what === 'stdout');
  const location = lacksOutput ? silentWorker(files) : undefined;
  return (
    location &&
    found('no-post-message', say('cause.no-post-message'), { next: say('cause.no-post-message.next'), location })
  );
}

/** Where a worker takes its work, if nothing in its file sends anything. */
export function silentWorker(files: readonly ParsedSource[]): SourceLocation | undefined {
  const takes = /\bworkerData\b|\bparentPort\b/;
  const silent = files.find(({ text }) => isWorker(text) && takes.test(text) && !/\bpostMessage\b/.test(text));
  return silent?.locate({ start: silent.text.search(takes) });
}

/** A file for the worker's side: the main thread makes workers, and names `workerData` only as an option. */
function isWorker(text: string): boolean {
  return /\bworker_threads\b/.test(text) && !/\bnew\s+Worker\s*\(/.test(text);
}

/** Output of a child that is printed when the child has ended, where it was to be printed at once. */
export async function outputCollected({ submission }: CheckContext, say: CheckSay): Promise<Found | undefined> {
  const { files } = await readServerCode(submission);
  const calls = (await Promise.all(files.map(callsIn))).flat();
  const collecting = calls.find(({ site }) => CALLS.collects.test(calledName(site.node) ?? ''));
  const next = say('cause.output-collected.next');
  if (collecting) {
    const location = collecting.source.locate(collecting.site.node);
    return found('output-collected', say('cause.output-collected'), { next, location });
  }
  const keeping = calls.find(
    ({ site, source }) => calledName(site.node) === 'spawn' && /(\+=|\.push\(|\.concat\()/.test(source.text),
  );
  return keeping && found('output-collected', say('cause.output-collected.spawn'), { next });
}
