import { replaceCommands, visible } from '../model/escape.ts';
import type { FolderEvent } from '../model/grading.ts';
import type { Result, Verdict } from '../model/verdict.ts';
import { failureLines, skipText } from './plain.ts';
import type { Reporter } from './reporter.ts';

/** JUnit XML: one test suite a submission, one test case a check. The opening tag comes with the first event. */
export function junitReporter(): Reporter {
  let open = false;
  const opening = () => {
    const text = open ? '' : '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="node-tutor">\n';
    open = true;
    return text;
  };
  return {
    event: (folderEvent) => (folderEvent.event.type === 'result' ? '' : opening() + suite(folderEvent)),
    end: () => `${opening()}</testsuites>\n`,
  };
}

function suite({ exercise, submission, event }: FolderEvent): string {
  const name = ['.', exercise].includes(submission) ? exercise : `${submission} ${exercise}`;
  if (event.type === 'result') return '';
  if (event.type === 'error') {
    const element = event.exitCode === 3 ? 'error' : 'failure';
    const body = `<${element}${attributes({ message: event.message })}>${xml(event.next ?? '')}</${element}>`;
    const test = `    <testcase${attributes({ name: 'submission', classname: name })}>${body}</testcase>\n`;
    const counts = event.exitCode === 3 ? { failures: 0, errors: 1 } : { failures: 1, errors: 0 };
    return `  <testsuite${attributes({ name, tests: 1, ...counts })}>\n${test}  </testsuite>\n`;
  }
  return verdictSuite(name, event.verdict);
}

function verdictSuite(name: string, verdict: Verdict): string {
  const count = (status: Result['status']) => verdict.results.filter((result) => result.status === status).length;
  const head = attributes({
    name,
    tests: verdict.results.length,
    failures: count('failed'),
    errors: count('broken'),
    skipped: count('skipped'),
    time: (verdict.milliseconds / 1000).toFixed(3),
  });
  const properties = [
    { name: 'seed', value: verdict.seed },
    { name: 'points', value: `${verdict.points.earned}/${verdict.points.possible}` },
    { name: 'isolation', value: verdict.isolation.layer },
    { name: 'node', value: verdict.node },
  ].map((property) => `      <property${attributes(property)}/>\n`);
  const cases = verdict.results.map((result) => testCase(result, name)).join('');
  return `  <testsuite${head}>\n    <properties>\n${properties.join('')}    </properties>\n${cases}  </testsuite>\n`;
}

function testCase(result: Result, classname: string): string {
  const time = (result.milliseconds / 1000).toFixed(3);
  return `    <testcase${attributes({ name: result.title, classname, time })}>${outcome(result)}</testcase>\n`;
}

function outcome(result: Result): string {
  const { reason } = result;
  switch (result.status) {
    case 'passed':
      return '';
    case 'failed': {
      const message = result.failure?.summary ?? '';
      return `<failure${attributes({ message, type: result.failure?.cause?.name ?? 'failed' })}>${xml(failureLines(result).join('\n'))}</failure>`;
    }
    case 'skipped':
      return `<skipped${attributes({ message: reason === undefined || reason.kind === 'broken' ? '' : skipText(reason) })}/>`;
    case 'broken':
      return `<error${attributes({ message: reason?.kind === 'broken' ? reason.message : '' })}/>`;
  }
}

function attributes(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(([name, value]) => ` ${name}="${xml(String(value)).replace(/\n/g, '&#10;').replace(/\t/g, '&#9;')}"`)
    .join('');
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** Text for XML 1.0: control characters become visible escapes, characters that XML forbids U+FFFD. Workflow commands of GitHub Actions are written as entities. */
function xml(text: string): string {
  const escaped = visible(text)
    .replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]|[\ufffe\uffff]/g, '\ufffd')
    .replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
  return replaceCommands(escaped, { colon: '&#58;', hashes: '##&#91;' });
}
