import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describeError, EXIT, TutorError } from '../model/error.ts';
import { type PackageSpec, readPackageSpec } from '../model/package-spec.ts';
import { cachedInstall, findCachedPackage } from '../sandbox/package-cache.ts';
import { npmScript } from './tools/run.ts';

/** How much of npm's errors is told, in lines. */
const MOST_TOLD_LINES = 4;

/** Those of the packages that are installed on demand and are not there yet, each once. */
export function missingPackages(packages: readonly string[]): PackageSpec[] {
  return [...new Set(packages)]
    .map(readPackageSpec)
    .filter((spec) => spec.version !== undefined && findCachedPackage(spec) === undefined);
}

/**
 * Installs a package and what it depends on into the tutor's cache, without running any script of theirs.
 * @throws {TutorError} when npm is not there or cannot reach its registry, or the cache cannot be written to
 */
export async function installPackage(spec: PackageSpec, signal: AbortSignal): Promise<void> {
  const npm = npmScript();
  if (npm === undefined) {
    throw new TutorError(`${spec.name} has to be installed, and npm is not on this machine.`, {
      next: 'Install npm, which comes with Node.js, and try again.',
    });
  }
  const target = cachedInstall(spec);
  try {
    await mkdir(path.dirname(target), { recursive: true });
    const folder = await mkdtemp(path.join(path.dirname(target), '.new-'));
    try {
      await writeFile(path.join(folder, 'package.json'), '{ "private": true }\n');
      await runNpm(npm, { spec, folder, signal });
      // Another tutor may have been faster; its folder is as good.
      await rename(folder, target).catch((error) => {
        if (findCachedPackage(spec) === undefined) throw error;
      });
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  } catch (error) {
    if (error instanceof TutorError) throw error;
    throw new TutorError(`${spec.name} cannot be kept in ${target}: ${describeError(error)}`, {
      exitCode: EXIT.tutorFailed,
      next: 'Set NODE_TUTOR_CACHE to a folder that you may write to.',
      cause: error,
    });
  }
}

interface NpmRun {
  spec: PackageSpec;
  folder: string;
  signal: AbortSignal;
}

async function runNpm(npm: string, { spec, folder, signal }: NpmRun): Promise<void> {
  const { name, version } = spec;
  const options = [
    '--ignore-scripts',
    '--omit=optional',
    '--no-audit',
    '--no-fund',
    '--prefer-offline',
    '--loglevel=error',
  ];
  const child = spawn(process.execPath, [npm, 'install', ...options, `${name}@${version}`], {
    cwd: folder,
    signal,
    stdio: ['ignore', 'ignore', 'pipe'],
    windowsHide: true,
  });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text) => {
    stderr += text;
  });
  const code = await new Promise((resolve, reject) => child.once('error', reject).once('close', resolve));
  if (code !== 0) throw installFailure(spec, stderr);
}

function installFailure({ name, version }: PackageSpec, stderr: string): TutorError {
  const lines = stderr.split('\n').filter((line) => line.trim() !== '' && !/A complete log|^npm warn/i.test(line));
  const isOffline = /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ENOTCACHED|network/i.test(
    stderr,
  );
  const told = isOffline ? 'npm could not be reached.' : `npm said:\n${lines.slice(0, MOST_TOLD_LINES).join('\n')}`;
  return new TutorError(`${name} ${version} could not be installed: ${told}`, {
    exitCode: EXIT.tutorFailed,
    next: isOffline
      ? 'Connect to the internet and try again. It is needed once.'
      : 'Look at what npm says, and try again.',
  });
}
