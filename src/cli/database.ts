import path from 'node:path';
import { TutorError } from '../model/error.ts';
import type { DatabaseChoice } from '../model/mongo.ts';
import type { CommandContext } from './context.ts';
import { findWorkspace, TUTOR_FOLDER } from './workspace.ts';

/** The database that was asked for on the command line or by NODE_TUTOR_DATABASE; the embedded one without a word. */
export async function chooseDatabase({ options, io, say }: CommandContext): Promise<DatabaseChoice> {
  const wanted = options.database ?? io.env.NODE_TUTOR_DATABASE;
  if (wanted === undefined || wanted === '' || wanted === 'embedded') return { provider: 'embedded' };
  if (wanted.startsWith('mongodb')) {
    const { addressOf } = await import('../database/address.ts');
    try {
      addressOf(wanted);
    } catch (error) {
      throw new TutorError(error instanceof Error ? error.message : String(error), { next: say('databaseNext') });
    }
    return { provider: 'address', uri: wanted };
  }
  if (wanted !== 'mongod') throw new TutorError(say('databaseUnknown', { wanted }), { next: say('databaseNext') });
  const { findTool } = await import('../sandbox/tools.ts');
  const file = findTool('mongod');
  if (file === undefined) throw new TutorError(say('noMongod'), { next: say('databaseNext') });
  return { provider: 'mongod', file };
}

/** Where a learner's own data is kept; undefined outside of a workspace. */
export function dataFolder({ options, io }: CommandContext): string | undefined {
  if (options.data !== undefined) return path.resolve(io.cwd, options.data);
  const workspace = findWorkspace({ dir: options.dir, cwd: io.cwd });
  return workspace && path.join(workspace.folder, TUTOR_FOLDER, 'database');
}
