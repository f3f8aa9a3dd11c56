import path from 'node:path';
import type { Wait } from './wire.ts';

/** Environment variable that marks every process of a run; how survivors are found. */
export const RUN_TOKEN = 'NODE_TUTOR_RUN';
/** Set where a server is to listen on the very port that it asks for. */
export const KEEPS_PORTS = 'NODE_TUTOR_KEEPS_PORTS';
/** Set for the one process that must wait on descriptor 3 for its arguments: what it is to do until then (`Wait`), as JSON. */
export const WAITS = 'NODE_TUTOR_WAITS';

/** Set by the preload: each tool of the system on the way to Node.js would read a dozen files for it. */
export const LOCALE = { LANG: 'C.UTF-8', LC_ALL: 'C.UTF-8' };

/**
 * The short environment that a learner's program sees: nothing of the grader's own but what a system needs to work.
 * @param options.temp folder that serves as home and for temporary files
 */
export function learnerEnvironment(options: {
  temp: string;
  token: string;
  extra: Readonly<Record<string, string>>;
  wait: Wait;
}): Record<string, string> {
  const { temp, token, extra, wait } = options;
  const system = process.platform === 'win32' ? windowsEnvironment(temp) : posixEnvironment(temp);
  return { ...system, TZ: 'UTC', NO_COLOR: '1', ...extra, [RUN_TOKEN]: token, [WAITS]: JSON.stringify(wait) };
}

function posixEnvironment(temp: string): Record<string, string> {
  const folders = [path.dirname(process.execPath), '/usr/local/bin', '/usr/bin', '/bin'];
  return { PATH: [...new Set(folders)].join(':'), HOME: temp, TMPDIR: temp };
}

function windowsEnvironment(temp: string): Record<string, string> {
  const systemRoot = process.env.SystemRoot ?? 'C:\\Windows';
  const folders = [path.dirname(process.execPath), path.join(systemRoot, 'System32'), systemRoot];
  return {
    Path: folders.join(';'),
    PATHEXT: '.COM;.EXE;.BAT;.CMD',
    SystemRoot: systemRoot,
    windir: systemRoot,
    ComSpec: path.join(systemRoot, 'System32', 'cmd.exe'),
    TEMP: temp,
    TMP: temp,
    USERPROFILE: temp,
    HOME: temp,
    // As on other systems, where Node.js hands the connections of a cluster out in turn.
    NODE_CLUSTER_SCHED_POLICY: 'rr',
  };
}
