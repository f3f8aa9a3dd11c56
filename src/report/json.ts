import { withoutCommands } from '../model/escape.ts';
import { countEvent, emptyTally, type Reporter } from './reporter.ts';

/**
 * JSON lines: `{"type":"verdict","exercise","submission","verdict"}` and `{"type":"error","exercise","submission","message"}`
 * as they come, `{"type":"summary",…}` last.
 */
export function jsonReporter(): Reporter {
  let tally = emptyTally();
  return {
    event(folderEvent) {
      tally = countEvent(tally, folderEvent);
      const { exercise, submission, event } = folderEvent;
      if (event.type === 'result') return '';
      if (event.type === 'verdict') return line({ type: 'verdict', exercise, submission, verdict: event.verdict });
      const { message, next, exitCode } = event;
      return line({ type: 'error', exercise, submission, message, next, exitCode });
    },
    end: () => line({ type: 'summary', ...tally }),
  };
}

function line(value: object): string {
  return withoutCommands(`${JSON.stringify(value)}\n`);
}
