import { courseName } from './hand-out.ts';
import { describe, type Finding } from './issues.ts';
import { moduleRules } from './module-rules.ts';
import { didYouMean } from './nearest.ts';
import { listOf, mapOf, textsOf } from './raw.ts';
import { ID_PATTERN, isInnerPath } from './schema/basics.ts';
import { DEFAULT_ENTRIES } from './schema/exercise-schema.ts';
import { scriptRules, serviceRules } from './service-rules.ts';
import { TASK_FILE } from './task.ts';

/** What lies in an exercise's folder; paths below it. */
export interface ExerciseFolder {
  /** The folder's name, which is the exercise's id. */
  name: string;
  has(path: string): boolean;
  /** Names of the folders in `wrong/`. */
  wrong: readonly string[];
  /** Whether a folder's package.json names a main file that is there. */
  hasMain(folder: string): Promise<boolean>;
}

/** Rules that join several parts of a manifest, or the manifest and its folder. Runs on unvalidated data. */
export async function exerciseRules(manifest: unknown, folder: ExerciseFolder): Promise<Finding[]> {
  const data = mapOf(manifest);
  return [
    ...idRule(data.id, folder.name),
    ...taskRule(folder),
    ...checkRules(listOf(data.checks)),
    ...moduleRules(listOf(data.checks)),
    ...serverRule(data),
    ...serviceRules(data),
    ...scriptRules(listOf(data.checks), folder),
    ...wrongRules(data, folder),
    ...(await entryRules(data, folder)),
    ...filesRule(data.files, folder),
  ];
}

function idRule(id: unknown, name: string): Finding[] {
  if (typeof id !== 'string' || id === name || !ID_PATTERN.test(id)) return [];
  return [
    {
      path: ['id'],
      message: `the id is ${describe(id)}, the folder is called \`${name}\``,
      fix: 'They must be the same.',
    },
  ];
}

function taskRule(folder: ExerciseFolder): Finding[] {
  if (folder.has(TASK_FILE)) return [];
  return [{ path: ['id'], message: `the file ${TASK_FILE} is missing`, fix: 'It tells the learner what to build.' }];
}

function checkRules(checks: readonly unknown[]): Finding[] {
  const findings: Finding[] = [];
  const ids = checks.map((check) => mapOf(check).id);
  for (const [index, check] of checks.entries()) {
    const { id, after } = mapOf(check);
    if (typeof id === 'string' && ids.indexOf(id) < index) {
      findings.push({
        path: ['checks', index, 'id'],
        message: `another check has the id \`${id}\``,
        fix: 'Ids are unique in an exercise.',
      });
    }
    const earlier = ids.slice(0, index).filter((other) => typeof other === 'string');
    if (typeof after === 'string' && !earlier.includes(after)) {
      const path = ['checks', index, 'after'];
      const message = ids.includes(after) ? `\`${after}\` is no earlier check` : `no check has the id \`${after}\``;
      findings.push({ path, message, fix: didYouMean(after, earlier) ?? 'Name a check that stands above this one.' });
    }
  }
  return findings;
}

function serverRule({ run, checks }: Readonly<Record<string, unknown>>): Finding[] {
  if (run === 'server' || mapOf(run).kind === 'server') return [];
  return listOf(checks).flatMap((check, index) =>
    ['http', 'html', 'start']
      .filter((kind) => Object.hasOwn(mapOf(check), kind))
      .map(
        (kind) =>
          ({
            path: ['checks', index, kind],
            on: 'key',
            message: kind === 'start' ? 'only a server is started for a check' : 'requests need a server',
            fix: 'Add `run: server`.',
          }) as const,
      ),
  );
}

function wrongRules(data: Readonly<Record<string, unknown>>, folder: ExerciseFolder): Finding[] {
  const wrong = mapOf(data.wrong);
  const ids = listOf(data.checks)
    .map((check) => mapOf(check).id)
    .filter((id) => typeof id === 'string');
  const findings: Finding[] = [];
  for (const [name, spec] of Object.entries(wrong)) {
    const { fails } = mapOf(spec);
    if (typeof fails === 'string' && !ids.includes(fails)) {
      const fix = didYouMean(fails, ids) ?? `It has these: ${ids.join(', ')}.`;
      findings.push({ path: ['wrong', name, 'fails'], message: `no check has the id \`${fails}\``, fix });
    }
    if (ID_PATTERN.test(name) && !folder.wrong.includes(name)) {
      const fix = didYouMean(name, folder.wrong) ?? 'Add the folder, or take the entry out.';
      findings.push({ path: ['wrong', name], on: 'key', message: `there is no folder wrong/${name}/`, fix });
    }
  }
  for (const name of folder.wrong) {
    if (Object.hasOwn(wrong, name)) continue;
    const fix = `Add \`${name}: { fails: <check> }\` under \`wrong\`.`;
    findings.push({
      path: ['wrong'],
      on: 'key',
      message: `the folder wrong/${name}/ is not named in the manifest`,
      fix,
    });
  }
  return findings;
}

async function entryRules(data: Readonly<Record<string, unknown>>, folder: ExerciseFolder): Promise<Finding[]> {
  const entries = data.entry === undefined ? DEFAULT_ENTRIES : textsOf(data.entry);
  const findings: Finding[] = [];
  for (const name of ['starter', 'solution', ...folder.wrong.map((wrong) => `wrong/${wrong}`)]) {
    if (!folder.has(name)) {
      findings.push({ path: ['id'], message: `the folder ${name}/ is missing`, fix: ROLES[name] ?? '' });
    } else if (!entries.some((entry) => folder.has(`${name}/${entry}`)) && !(await folder.hasMain(name))) {
      const fix = `Put one of these there: ${entries.join(', ')}.`;
      const path = data.entry === undefined ? ['id'] : ['entry'];
      findings.push({ path, message: `the folder ${name}/ holds no entry file`, fix });
    }
  }
  return findings;
}

const ROLES: Readonly<Record<string, string>> = {
  starter: 'It holds what the learner begins with.',
  solution: 'It holds the reference solution.',
};

const ROLE_NAMES = ['starter', 'solution'];

function filesRule(files: unknown, folder: ExerciseFolder): Finding[] {
  return textsOf(files).flatMap((file, index) =>
    !isInnerPath(file) || ROLE_NAMES.some((name) => folder.has(`${name}/${courseName(file)}`))
      ? []
      : [
          {
            path: ['files', index],
            message: `neither starter/ nor solution/ holds ${file}`,
            fix: 'Name files of the starter or the solution.',
          },
        ],
  );
}
