import { execFile } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import type { Command } from '../../src/model/layer.ts';
import { DEFAULT_LIMITS, type Go, type LaunchSpec, type Outcome } from '../../src/model/run.ts';
import type { LayerName } from '../../src/model/verdict.ts';
import type { SandboxOptions } from '../../src/sandbox/sandbox.ts';

export const root = path.dirname(path.dirname(path.dirname(fileURLToPath(import.meta.url))));

/** What the grader in `rig-main.ts` is told on its command line. */
export interface RigJob {
  sandbox: SandboxOptions;
  launch: LaunchSpec;
  go: Go;
  /** Paths to request once it listens; the program is stopped after them. */
  requests: readonly string[];
}

/** What it answers. */
export interface RigResult {
  outcome: Outcome;
  pages: readonly string[];
  /** Peak of the grader's own memory, in bytes. */
  memory: number;
}

/** A temporary folder that other users may enter. */
export function tempFolder(mode = 0o755): string {
  const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'tutor-test-')));
  fs.chmodSync(folder, mode);
  return folder;
}

/** Writes files below a folder. */
export function writeFiles(folder: string, files: Readonly<Record<string, string>>): string {
  for (const [name, content] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    fs.writeFileSync(path.join(folder, name), content);
  }
  return folder;
}

/** Builds the preload and the rig into a folder. */
export async function buildInto(folder: string): Promise<void> {
  await build({
    absWorkingDir: root,
    entryPoints: {
      'preload/main': 'src/sandbox/preload/main.ts',
      'preload/steps': 'src/sandbox/preload/steps/run.ts',
      'preload/warm': 'src/sandbox/preload/warm.ts',
      rig: 'test/sandbox/rig-main.ts',
    },
    outdir: folder,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20.19',
  });
}

/** Options of a sandbox for a test. */
export function sandboxOptions(options: {
  submission: string;
  layer: LayerName;
  dist: string;
  packages?: readonly string[];
  hide?: readonly string[];
  networkIsPrivate?: boolean;
}): SandboxOptions {
  return {
    submission: options.submission,
    packages: options.packages ?? [],
    isolation: { layer: options.layer },
    networkIsPrivate: options.networkIsPrivate ?? false,
    distFolder: options.dist,
    packagesFrom: root,
    hide: options.hide ?? [],
  };
}

/** A launch of an entry with the default limits. */
export function launchSpec(entry: string, options: Partial<LaunchSpec> = {}): LaunchSpec {
  return { entry, nodeArgs: [], env: {}, limits: DEFAULT_LIMITS, grants: [], ...options };
}

/**
 * Runs a job in a grader of its own.
 * @returns undefined when the grader was killed
 */
export async function runRig(
  dist: string,
  job: RigJob,
  wrap: (command: Command) => Command = (command) => command,
): Promise<RigResult | undefined> {
  const env = { PATH: process.env.PATH ?? '', HOME: os.tmpdir(), RIG_SECRET: 'hunter2' };
  const args = [path.join(dist, 'rig.cjs'), JSON.stringify(job)];
  const command = wrap({ file: process.execPath, args, cwd: root, env, inherit: [] });
  try {
    const { stdout } = await promisify(execFile)(command.file, [...command.args], {
      env: command.env,
      maxBuffer: 64 * 1024 * 1024,
    });
    return JSON.parse(stdout);
  } catch (error) {
    if (error instanceof Error && 'signal' in error && error.signal === 'SIGKILL') return undefined;
    throw error;
  }
}

/** Command lines of processes that contain a mark. */
export function processesWith(mark: string): string[] {
  return fs
    .readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .map((pid) => {
      try {
        return fs.readFileSync(`/proc/${pid}/cmdline`, 'latin1').replaceAll('\0', ' ');
      } catch {
        return '';
      }
    })
    .filter((line) => line.includes(mark));
}
