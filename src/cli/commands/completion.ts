import { openCourse } from '../../course/open.ts';
import { EXIT, TutorError } from '../../model/error.ts';
import { visible } from '../../model/escape.ts';
import { complete } from '../completion/candidates.ts';
import type { Command, CommandContext } from '../context.ts';

/** What the scripts ask; it is in no help. */
const WORDS = 'words';

/** `completion <shell>`: the script of a shell. `completion words -- …`: what the script asks at each Tab. */
export const run: Command = async (context) => {
  const { io, say } = context;
  const [shell = ''] = context.arguments;
  if (shell === WORDS) return answer(context);
  const { SCRIPTS } = await import('../completion/scripts.ts');
  const script = Object.entries(SCRIPTS).find(([name]) => name === shell)?.[1];
  if (script === undefined) {
    throw new TutorError(say('noSuchShell', { shell }), {
      next: say('noSuchShellNext', { shells: Object.keys(SCRIPTS).join(', ') }),
    });
  }
  io.print(script);
  return EXIT.passed;
};

/** Nothing that goes wrong may show up in the line that somebody is typing. */
async function answer(context: CommandContext): Promise<number> {
  const { io, rest, language } = context;
  const words = rest.map((word, index) => (index === rest.length - 1 ? word.replace(/^=/, '') : word));
  const index = async () => (await courseOf(context, words)).index;
  try {
    const completion = await complete(words, { index, language });
    const lines =
      completion.kind === 'files'
        ? [':files']
        : completion.words.map(({ value, text }) => `${value}\t${visible(text).replace(/\s+/g, ' ')}`);
    io.print(lines.map((line) => `${line}\n`).join(''));
  } catch (error) {
    if (!(error instanceof TutorError)) throw error;
  }
  return EXIT.passed;
}

/** The course that the line names, else the one of the workspace. */
function courseOf(context: CommandContext, words: readonly string[]) {
  const course = words[words.indexOf('--course') + 1];
  if (!words.includes('--course') || course === undefined) return context.course();
  return openCourse({ cwd: context.io.cwd, packageRoot: context.packageRoot, course });
}
