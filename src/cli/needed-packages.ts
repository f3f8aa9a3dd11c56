import { loadExercise } from '../course/exercise.ts';
import { cacheFolder } from '../model/cache-folder.ts';
import type { Course, Exercise } from '../model/course.ts';
import { TutorError } from '../model/error.ts';
import type { PackageSpec } from '../model/package-spec.ts';
import { progressBar } from '../ui/bar.ts';
import type { CommandContext } from './context.ts';

/**
 * Installs what exercises use that does not come with the tutor, after asking on a terminal.
 * @throws {TutorError} when it may not be installed, or cannot be
 */
export async function needPackages(context: CommandContext, course: Course, ids: readonly string[]): Promise<void> {
  const exercises = await Promise.all(ids.map((id) => loadExercise(course, id)));
  await needTools(context, exercises);
  const packages = exercises.flatMap((exercise) => exercise.packages).filter((name) => name.includes('@', 1));
  if (packages.length === 0) return;
  const { missingPackages } = await import('../engine/packages.ts');
  const missing = missingPackages(packages);
  if (missing.length > 0) await install(context, missing);
}

/** A tool that checks run. Without it they are skipped, so it may stay away. */
async function needTools(context: CommandContext, exercises: readonly Exercise[]): Promise<void> {
  if (exercises.every(({ database }) => database === undefined)) return;
  const { missingShell } = await import('../engine/mongosh.ts');
  const missing = missingShell(exercises);
  if (missing.length === 0) return;
  try {
    await install(context, missing);
  } catch (error) {
    if (!(error instanceof TutorError)) throw error;
    context.io.tell([error.message, error.next].filter(Boolean).join('\n'));
  }
}

async function install(context: CommandContext, missing: readonly PackageSpec[]): Promise<void> {
  const { installPackage } = await import('../engine/packages.ts');
  const names = missing.map(({ name, version }) => `${name} ${version}`);
  await permit(context, names.join(', '));
  const { io, say, signal } = context;
  const theme = await context.theme();
  for (const [done, spec] of missing.entries()) {
    const text = say('installing', { name: names[done] ?? '' });
    io.remark(`${progressBar(done, missing.length, { theme })} ${text}`);
    await installPackage(spec, signal);
    io.remark('');
  }
  io.tell(say('installed', { names: names.join(', ') }));
}

/** Installs one package for a command, after asking on a terminal. @throws {TutorError} as `needPackages` does */
export async function needPackage(context: CommandContext, spec: PackageSpec, name: string): Promise<void> {
  const { installPackage } = await import('../engine/packages.ts');
  await permit(context, name);
  context.io.remark(context.say('installing', { name }));
  await installPackage(spec, context.signal);
  context.io.remark('');
  context.io.tell(context.say('installed', { names: name }));
}

/** The same for a learner who opens an exercise: without its packages they can still read and write. */
export async function offerPackages(context: CommandContext, course: Course, ids: readonly string[]): Promise<void> {
  try {
    await needPackages(context, course, ids);
  } catch (error) {
    if (!(error instanceof TutorError)) throw error;
    context.io.tell([error.message, error.next].filter(Boolean).join('\n'));
  }
}

async function permit(context: CommandContext, names: string): Promise<void> {
  const { io, options, say } = context;
  if (options.yes) return;
  const message = say('mayInstall', { names, folder: cacheFolder() });
  const { askYesNo } = await import('./menu/prompt.ts');
  if (
    io.interactive &&
    !options.json &&
    (await askYesNo(context, { message, no: say('installNo'), yes: say('installYes') }))
  )
    return;
  throw new TutorError(say('notInstalled', { names }), { next: say('notInstalledNext') });
}
