import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { COMMANDS } from './contract.ts';

const NAME = 'node-tutor';
const FILE_NAMES = process.platform === 'win32' ? [`${NAME}.cmd`, `${NAME}.exe`, `${NAME}.ps1`] : [NAME];
/** A command in a text: the name with a command, an option or a placeholder after it; not a folder of that name. */
const COMMAND = new RegExp(
  `(^|[^\\w./\\\\@-])(?:npx )?${NAME}(?= (?:--?[a-z]|<command>|(?:${COMMANDS.map(({ name }) => name).join('|')})\\b))`,
  'g',
);

type Environment = Readonly<Record<string, string | undefined>>;

/** A text whose commands are written as one types them here: `npx node-tutor hint` where `node-tutor hint` would not be found. */
export function asTyped(text: string, env: Environment): string {
  return text.includes(NAME) ? text.replace(COMMAND, (_, before: string) => before + invocation(env)) : text;
}

/** `node-tutor` where the learner's shell finds it, else `npx node-tutor`. */
function invocation(env: Environment): string {
  if (env.npm_command !== 'exec' && isOnPath(env.PATH ?? '')) return NAME;
  return `npx ${NAME}`;
}

/** npm puts its own folders on the PATH of what it runs, which the learner's shell does not have. */
function isOnPath(path: string): boolean {
  return path
    .split(delimiter)
    .filter((folder) => folder !== '' && !/node_modules[\\/]\.bin[\\/]?$/.test(folder))
    .some((folder) => FILE_NAMES.some((name) => existsSync(join(folder, name))));
}
