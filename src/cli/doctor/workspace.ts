import { accessSync, chmodSync, constants, existsSync, statSync } from 'node:fs';
import { readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { loadExercise } from '../../course/exercise.ts';
import { missingPackages } from '../../engine/packages.ts';
import { TutorError } from '../../model/error.ts';
import { plural } from '../../model/text.ts';
import { openProgress } from '../../progress/store.ts';
import { deadLinks, mendLinks } from '../../sandbox/links.ts';
import type { CommandContext } from '../context.ts';
import { needPackages } from '../needed-packages.ts';
import { damagedSettings, findWorkspace, renewSettings, TUTOR_FOLDER, type Workspace } from '../workspace.ts';
import { bad, type Finding } from './finding.ts';

/** What is found in the workspace. */
export async function lookAtWorkspace(context: CommandContext): Promise<Finding[]> {
  const { options, io } = context;
  const what = 'workspace';
  try {
    const workspace = findWorkspace({ dir: options.dir, cwd: io.cwd });
    if (workspace === undefined) {
      return [{ what, status: 'note', text: 'none here', remedy: 'Make one with: node-tutor start' }];
    }
    return [
      writable(workspace),
      await progress(workspace),
      links(context, workspace),
      ...(await packages(context, workspace)),
      ...(await leftovers(workspace)),
    ];
  } catch (error) {
    const folder = damagedSettings({ dir: options.dir, cwd: io.cwd });
    return [folder === undefined ? bad(what, error) : { ...bad(what, error), fix: settingsFix(context, folder) }];
  }
}

/** New settings for the course that the progress is of. The damaged ones are kept. */
function settingsFix({ io, packageRoot, options }: CommandContext, folder: string): NonNullable<Finding['fix']> {
  return {
    what: `write the settings of ${folder} anew`,
    async mend() {
      const { openCourse } = await import('../../course/open.ts');
      const named = options.course === undefined ? {} : { course: options.course };
      const course = await openCourse({ cwd: io.cwd, packageRoot, ...named });
      const { id } = course.index;
      // Whose progress it is shows to which course it belongs.
      await openProgress({ workspace: folder, course: id, onDamaged: () => {} })
        .read()
        .catch((error: unknown) => {
          if (!(error instanceof TutorError)) throw error;
          throw new TutorError(error.message, { next: 'Name the course: node-tutor doctor --fix --course <folder>' });
        });
      renewSettings(folder, course);
    },
  };
}

function writable({ folder }: Workspace): Finding {
  const own = path.join(folder, TUTOR_FOLDER);
  try {
    accessSync(folder, constants.W_OK);
    accessSync(own, constants.W_OK);
    return { what: 'workspace', status: 'ok', text: folder };
  } catch (error) {
    const finding = { ...bad('workspace', error), remedy: `Give yourself the right to write to ${folder}` };
    const isOurs = [folder, own].every((each) => statSync(each).uid === process.getuid?.());
    if (!isOurs) return finding;
    const mend = async () => {
      for (const each of [folder, own]) chmodSync(each, statSync(each).mode | 0o700);
    };
    return { ...finding, fix: { what: `let you write to ${folder}`, mend } };
  }
}

async function progress({ folder, course }: Workspace): Promise<Finding> {
  const what = 'progress';
  const notices: Finding[] = [];
  const store = openProgress({
    workspace: folder,
    course: course.id,
    onDamaged(keptAs) {
      notices.push({ what, status: 'bad', text: `${store.file} was damaged; kept as ${keptAs ?? 'it is'}` });
    },
  });
  try {
    const { exercises } = await store.read();
    const tried = Object.values(exercises).filter(({ attempts }) => attempts > 0).length;
    const text = existsSync(store.file) ? `${plural(tried, 'exercise')} tried` : 'nothing done yet';
    return notices[0] ?? { what, status: 'ok', text };
  } catch (error) {
    return bad(what, error);
  }
}

/** Links lead nowhere when the tutor was moved or updated, or npm has emptied its cache. */
function links({ packageRoot }: CommandContext, { folder }: Workspace): Finding {
  const what = 'linked packages';
  const dead = deadLinks(folder);
  if (dead.length === 0) return { what, status: 'ok', text: 'all there' };
  const mend = async () => mendLinks({ folder, packagesFrom: packageRoot });
  const text = `lead nowhere anymore: ${dead.join(', ')}`;
  return { what, status: 'bad', text, fix: { what: `link ${dead.join(', ')} anew`, mend } };
}

/** Packages that exercises of the workspace need and that are installed on demand. */
async function packages(context: CommandContext, { folder, course: own }: Workspace): Promise<Finding[]> {
  const course = await context.course();
  if (own.id !== course.index.id) return [];
  const ids = course.index.exercises.map(({ id }) => id).filter((id) => existsSync(path.join(folder, id)));
  const exercises = await Promise.all(ids.map((id) => loadExercise(course, id)));
  const missing = missingPackages(exercises.flatMap((exercise) => exercise.packages));
  if (missing.length === 0) return [];
  const names = missing.map(({ name, version }) => `${name} ${version}`).join(', ');
  const agreed = { ...context, options: { ...context.options, yes: true } };
  const mend = () => needPackages(agreed, course, ids);
  return [
    {
      what: 'packages',
      status: 'note',
      text: `not installed yet: ${names}`,
      fix: { what: `install ${names} from npm`, mend },
    },
  ];
}

/** What half-done work is called; none takes minutes. */
const HALF_DONE = /^(?:copying-|progress\.writing-|progress\.lock)/;
const MINUTES = 10 * 60_000;

async function leftovers({ folder }: Workspace): Promise<Finding[]> {
  const own = path.join(folder, TUTOR_FOLDER);
  const found: string[] = [];
  for (const name of (await readdir(own)).filter((each) => HALF_DONE.test(each))) {
    const { mtimeMs } = await stat(path.join(own, name));
    if (Date.now() - mtimeMs > MINUTES) found.push(name);
  }
  if (found.length === 0) return [];
  const mend = async () => {
    for (const name of found) await rm(path.join(own, name), { recursive: true, force: true });
  };
  const text = `left by a tutor that was killed: ${found.join(', ')}`;
  return [{ what: 'leftovers', status: 'note', text, fix: { what: 'remove what a killed tutor left', mend } }];
}
