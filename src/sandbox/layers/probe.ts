import fs from 'node:fs';
import { text } from 'node:stream/consumers';
import type { Access, Command, Probe } from '../../model/layer.ts';
import { DEFAULT_LIMITS } from '../../model/run.ts';
import { makeRunFolders, removeFolder } from '../folders.ts';
import { inPrivateNetwork } from '../nest.ts';
import { type Child, startChild } from '../spawn.ts';
import { findTool } from '../tools.ts';
import { isRoot, NOBODY } from '../user.ts';
import { hasSeccompFilter } from './seccomp.ts';

const ALLOW =
  'Allow user namespaces: sysctl kernel.unprivileged_userns_clone=1 or kernel.apparmor_restrict_unprivileged_userns=0; in a container: --security-opt seccomp=unconfined.';

type Wrap = (command: Command, access: Access) => Command;

/** Starts Node once in the very profile that runs get, inside a private network as the grader's worker is. */
export async function probeProfile(wrap: Wrap): Promise<Probe> {
  const missing = missingPart();
  if (missing !== undefined) return missing;
  const folders = makeRunFolders(isRoot() ? NOBODY : undefined);
  try {
    const file = fs.realpathSync(process.execPath);
    const { work, temp } = folders;
    const access = { work, temp, read: [file], hide: [], grants: [], limits: DEFAULT_LIMITS, networkIsPrivate: true };
    const command = wrap({ file, args: ['--version'], cwd: work, env: {}, inherit: [] }, access);
    return await judge(await startChild(inPrivateNetwork(command), folders.root));
  } catch (error) {
    return { available: false, reason: `bubblewrap does not start (${String(error)})`, remedy: ALLOW };
  } finally {
    removeFolder(folders.root);
  }
}

async function judge(child: Child): Promise<Probe> {
  const closed = new Promise<number | null>((resolve) => child.process.once('close', resolve));
  const [said, version, code] = await Promise.all([text(child.stderr), text(child.stdout), closed]);
  if (code === 0 && version.trim() === process.version) return { available: true };
  return { available: false, reason: `bubblewrap fails (${said.trim() || `exit code ${code}`})`, remedy: ALLOW };
}

function missingPart(): Probe | undefined {
  if (process.platform !== 'linux') {
    return {
      available: false,
      reason: 'bubblewrap runs on Linux only',
      remedy: 'Grade on Linux, or use --isolate guard to accept less.',
    };
  }
  if (!hasSeccompFilter(process.arch)) {
    return { available: false, reason: `there is no system call filter for ${process.arch}` };
  }
  if (findTool('bwrap') === undefined) {
    return {
      available: false,
      reason: 'bubblewrap is not installed',
      remedy: 'Install it, for example with: sudo apt install bubblewrap',
    };
  }
  const needed = ['prlimit', ...(isRoot() ? ['setpriv'] : [])].filter((tool) => findTool(tool) === undefined);
  if (needed.length === 0) return undefined;
  return { available: false, reason: `${needed.join(' and ')} is missing`, remedy: 'Install util-linux.' };
}
