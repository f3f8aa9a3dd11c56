import { describeError } from '../model/error.ts';
import type { Progress } from '../model/progress.ts';
import { openProgress, type ProgressStore } from '../progress/store.ts';
import type { CommandContext } from './context.ts';
import type { Workspace } from './workspace.ts';

/** The workspace's progress; a damaged file is told about. */
export function progressOf({ io, say }: CommandContext, workspace: Workspace): ProgressStore {
  const store = openProgress({
    workspace: workspace.folder,
    course: workspace.course.id,
    onDamaged(keptAs) {
      const stuck = () => say('progressStuck', { file: store.file });
      io.tell(keptAs === undefined ? stuck() : say('progressDamaged', { file: keptAs }));
    },
  });
  return store;
}

/** Saves a change; what prevents it is told, and does not keep the command from its answer. */
export async function saveProgress(
  context: CommandContext,
  workspace: Workspace,
  change: (progress: Progress) => Progress,
): Promise<Progress | undefined> {
  try {
    return await progressOf(context, workspace).update(change);
  } catch (error) {
    context.io.tell(context.say('progressLost', { message: describeError(error) }));
    return undefined;
  }
}
