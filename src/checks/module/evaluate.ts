import type { CheckContext, PartOutcome } from '../../model/context.ts';
import type { ModuleSpec } from '../../model/module.ts';

/** The `module` kind. */
export async function evaluateModule(_spec: ModuleSpec, _context: CheckContext): Promise<PartOutcome> {
  throw new Error('The check kind module is not built yet.');
}
