import path from 'node:path';
import type { ScriptInput } from '../model/context.ts';
import type { Value } from '../model/course.ts';
import type { Job } from '../model/job.ts';
import { DEFAULT_LIMITS, type Outcome, type Sandbox } from '../model/run.ts';
import { openSandbox, type SandboxOptions } from '../sandbox/sandbox.ts';

/** The folder of an exercise that its scripts lie in; nothing else of the exercise is there for them. */
const SCRIPTS = 'checks';

/** Where a script finds what it looks at. */
const VARIABLES = { work: 'NODE_TUTOR_WORK', url: 'NODE_TUTOR_URL', givens: 'NODE_TUTOR_GIVENS' } as const;

interface ScriptSession {
  job: Job;
  givens: Readonly<Record<string, Value>>;
  /** As for the submission's runs. */
  options: Omit<SandboxOptions, 'submission'>;
  /** Told of its sandbox, so that a session that is given up can close it. */
  onOpen(sandbox: Sandbox): void;
}

/**
 * Runs a program of the course in a sandbox of its own: a course may be as hostile as a submission.
 * @throws TutorError when it cannot be started
 */
export async function runScript(script: ScriptInput, session: ScriptSession): Promise<Outcome> {
  const { job, givens, options, onOpen } = session;
  const sandbox = await openSandbox({
    ...options,
    submission: path.join(job.course.folder, 'exercises', job.exercise.id, SCRIPTS),
    view: script.work,
  });
  onOpen(sandbox);
  try {
    const prepared = await sandbox.prepare({
      entry: script.file.slice(SCRIPTS.length + 1),
      nodeArgs: [],
      env: {},
      limits: DEFAULT_LIMITS,
      grants: [],
    });
    const env = { [VARIABLES.work]: script.work, [VARIABLES.givens]: JSON.stringify(givens) };
    const { port } = script;
    const go =
      port === undefined ? { env } : { env: { ...env, [VARIABLES.url]: `http://127.0.0.1:${port}` }, ports: [port] };
    return await prepared.go({ args: script.args, ...go }).outcome;
  } finally {
    await sandbox.close();
  }
}
