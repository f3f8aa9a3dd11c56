import type { Command } from './context.ts';
import type { CommandName } from './contract.ts';

/** Where each command lies; loaded only when it is the one to run. */
export const COMMAND_LOADERS: Readonly<Record<CommandName, () => Promise<{ run: Command }>>> = {
  start: () => import('./commands/start.ts'),
  lesson: () => import('./commands/lesson.ts'),
  check: () => import('./commands/check.ts'),
  watch: () => import('./commands/watch.ts'),
  run: () => import('./commands/run.ts'),
  database: () => import('./commands/database.ts'),
  mongosh: () => import('./commands/mongosh.ts'),
  list: () => import('./commands/list.ts'),
  hint: () => import('./commands/hint.ts'),
  solution: () => import('./commands/solution.ts'),
  reset: () => import('./commands/reset.ts'),
  undo: () => import('./commands/undo.ts'),
  quiz: () => import('./commands/quiz.ts'),
  progress: () => import('./commands/progress.ts'),
  grade: () => import('./commands/grade.ts'),
  audit: () => import('./commands/audit.ts'),
  new: () => import('./commands/new.ts'),
  completion: () => import('./commands/completion.ts'),
  doctor: () => import('./commands/doctor.ts'),
};
