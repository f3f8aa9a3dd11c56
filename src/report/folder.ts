import path from 'node:path';
import { visible } from '../model/escape.ts';
import type { Look } from './difference.ts';
import { countEvent, emptyTally, type Reporter, submissionPath } from './reporter.ts';
import { verdictText } from './terminal.ts';

/**
 * Many verdicts for people: one line for each that passed, the whole verdict for each that did not, the counts last.
 * @param folder path of the graded folder as a command can name it
 */
export function terminalReporter(look: Look, folder: string): Reporter {
  const { theme, say } = look;
  let tally = emptyTally();
  return {
    event(folderEvent) {
      tally = countEvent(tally, folderEvent);
      const { exercise, submission, event } = folderEvent;
      const name = theme.bold(visible(submissionPath(folder, submission)));
      if (event.type === 'result') return '';
      if (event.type === 'error') {
        const next = event.next === undefined ? '' : `\n      ${visible(event.next)}`;
        return `${theme.red(theme.symbols.failed)} ${name}  ${exercise}\n      ${visible(event.message)}${next}\n`;
      }
      const { verdict } = event;
      if (verdict.status === 'passed') {
        const { passed, total } = countChecks(verdict.results);
        return `${theme.green(theme.symbols.passed)} ${name}  ${exercise}  ${say('tally', { passed, total })}\n`;
      }
      const sign = theme.red(theme.symbols.failed);
      const again = say('checkAgain', { exercise, path: quoted(submissionPath(folder, submission)) });
      return `${sign} ${name}\n${verdictText(verdict, within(look, submission), { again })}\n`;
    },
    end() {
      const { submissions, passed, failed, broken } = tally;
      return `\n${say('summary', { submissions, passed, failed, broken })}\n`;
    },
  };
}

/** The look of one submission of the folder. */
function within(look: Look, submission: string): Look {
  return look.folder === undefined ? look : { ...look, folder: path.join(look.folder, submission) };
}

function countChecks(results: readonly { status: string }[]): { passed: number; total: number } {
  return { passed: results.filter((result) => result.status === 'passed').length, total: results.length };
}

function quoted(path: string): string {
  return /^[\w./\\:@-]+$/.test(path) ? path : `"${visible(path)}"`;
}
