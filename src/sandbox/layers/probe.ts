import fs from 'node:fs';
import { text } from 'node:stream/consumers';
import type { Layer, Probe } from '../../model/layer.ts';
import { DEFAULT_LIMITS } from '../../model/run.ts';
import type { LayerName } from '../../model/verdict.ts';
import { makeRunFolders, removeFolder } from '../folders.ts';
import { hasPrivateNetwork, inPrivateNetwork } from '../nest.ts';
import { type Child, startChild } from '../spawn.ts';
import { findTool } from '../tools.ts';
import { ownerIn } from '../user.ts';

const ALLOW =
  'Allow user namespaces: sysctl kernel.unprivileged_userns_clone=1 or kernel.apparmor_restrict_unprivileged_userns=0; in a container: --security-opt seccomp=unconfined.';

/** A layer made of the system's tools. */
interface Profile {
  name: LayerName;
  /** What it cannot do without, and the package that has it. */
  tools: Readonly<Record<string, string>>;
  wrap: Layer['wrap'];
  strict?: true;
}

/** Starts Node once in the very profile that runs get, inside a private network as the grader's worker is. */
export async function probeProfile({ name, tools, wrap, strict }: Profile): Promise<Probe> {
  const missing = missingPart(name, tools);
  if (missing !== undefined) return missing;
  const file = fs.realpathSync(process.execPath);
  const folders = makeRunFolders(ownerIn(name, [file]));
  try {
    const { work, temp } = folders;
    const access = { work, temp, read: [file], hide: [], grants: [], limits: DEFAULT_LIMITS, networkIsPrivate: true };
    const command = wrap({ file, args: ['--version'], cwd: work, env: {}, inherit: [] }, access);
    return await judge(
      name,
      await startChild(
        hasPrivateNetwork(name) ? inPrivateNetwork(command, { layer: name, ...(strict && { strict }) }) : command,
        folders.root,
      ),
    );
  } catch (error) {
    return { available: false, reason: `${name} does not start (${String(error)})`, remedy: ALLOW };
  } finally {
    removeFolder(folders.root);
  }
}

async function judge(name: LayerName, child: Child): Promise<Probe> {
  const closed = new Promise<number | null>((resolve) => child.process.once('close', resolve));
  const [said, version, code] = await Promise.all([text(child.stderr), text(child.stdout), closed]);
  if (code === 0 && version.trim() === process.version) return { available: true };
  return { available: false, reason: `${name} fails (${said.trim() || `exit code ${code}`})`, remedy: ALLOW };
}

function missingPart(name: LayerName, tools: Profile['tools']): Probe | undefined {
  if (process.platform !== 'linux' && name !== 'sandbox-exec') {
    return {
      available: false,
      reason: `${name} runs on Linux only`,
      remedy: 'Grade on Linux, or use --isolate guard to accept less.',
    };
  }
  const missing = Object.keys(tools).filter((tool) => findTool(tool) === undefined);
  if (missing.length === 0) return undefined;
  const packages = [...new Set(missing.map((tool) => tools[tool]))];
  return {
    available: false,
    reason: `${missing.join(' and ')} ${missing.length === 1 ? 'is' : 'are'} not installed`,
    remedy: `Install what is missing, for example with: sudo apt install ${packages.join(' ')}`,
  };
}
