import { replaceCommands, visible } from '../model/escape.ts';
import type { FolderEvent } from '../model/grading.ts';
import type { Result, Verdict } from '../model/verdict.ts';
import { failureLines } from './plain.ts';
import { countEvent, emptyTally, type Reporter, submissionPath, type Tally } from './reporter.ts';

/** A reporter that also has a page for the job's summary. */
export interface GithubReporter extends Reporter {
  /** Markdown for the file that `GITHUB_STEP_SUMMARY` names. */
  summary(): string;
}

/**
 * Annotations for GitHub Actions, one for each failed check at the learner's line.
 * @param folder path of the graded folder, relative to the repository
 */
export function githubReporter(folder: string): GithubReporter {
  let tally = emptyTally();
  const rows: string[] = [];
  return {
    event(folderEvent) {
      tally = countEvent(tally, folderEvent);
      const { event } = folderEvent;
      if (event.type === 'result') return '';
      rows.push(summaryRow(folderEvent));
      const path = submissionPath(folder, folderEvent.submission);
      if (event.type === 'error') {
        return command(
          { title: folderEvent.exercise, file: path },
          [event.message, event.next ?? ''].join('\n').trim(),
        );
      }
      return event.verdict.results.map((result) => annotation(result, path, event.verdict)).join('');
    },
    end: () => `${counts(tally)}\n`,
    summary: () => `## node-tutor\n\n${counts(tally)}\n\n${TABLE_HEAD}${rows.join('')}`,
  };
}

const TABLE_HEAD = '| submission | exercise | status | checks | points |\n| --- | --- | --- | --- | --- |\n';

function counts({ submissions, passed, failed, broken }: Tally): string {
  return `${submissions} graded: ${passed} passed, ${failed} failed, ${broken} broken.`;
}

function annotation(result: Result, path: string, verdict: Verdict): string {
  const title = `${verdict.exercise}: ${result.title}`;
  if (result.status === 'broken') {
    return command({ title }, result.reason?.kind === 'broken' ? result.reason.message : 'broken');
  }
  if (result.status !== 'failed') return '';
  const location = result.failure?.cause?.location;
  const place =
    location === undefined
      ? { file: path }
      : { file: submissionPath(path, location.file), line: location.line, col: location.column };
  return command({ ...place, title }, [result.failure?.summary ?? '', ...failureLines(result)].join('\n'));
}

/** One workflow command. Its parts are escaped, so that no text in it can end it or begin another one. */
function command(properties: Readonly<Record<string, string | number>>, message: string): string {
  const list = Object.entries(properties).map(([name, value]) => `${name}=${escapeProperty(String(value))}`);
  return `::error ${list.join(',')}::${escapeData(message)}\n`;
}

function escapeData(text: string): string {
  const escaped = visible(text).replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A');
  return replaceCommands(escaped, { hashes: '# #[' });
}

function escapeProperty(text: string): string {
  return escapeData(text).replace(/:/g, '%3A').replace(/,/g, '%2C');
}

function summaryRow({ submission, exercise, event }: FolderEvent): string {
  if (event.type === 'result') return '';
  if (event.type === 'error') return row([submission, exercise, 'error', event.message, '']);
  const { status, results, points } = event.verdict;
  const passed = results.filter((result) => result.status === 'passed').length;
  return row([
    submission,
    exercise,
    status,
    `${passed} of ${results.length}`,
    `${points.earned} of ${points.possible}`,
  ]);
}

function row(cells: readonly string[]): string {
  return `| ${cells.map(markdownCell).join(' | ')} |\n`;
}

function markdownCell(text: string): string {
  return visible(text)
    .replace(/[\n\t]/g, ' ')
    .replace(/[&<>]/g, (character) => ({ '&': '&amp;', '<': '&lt;' })[character] ?? '&gt;')
    .replace(/[\\`*_{}[\]()#+!|~]/g, '\\$&');
}
