import type { Finding } from './issues.ts';
import { didYouMean } from './nearest.ts';
import { listOf, mapOf } from './raw.ts';

/** Names of services that checks look at, and what does not go together with services. Runs on unvalidated data. */
export function serviceRules({ services, given, checks }: Readonly<Record<string, unknown>>): Finding[] {
  const names = Object.keys(mapOf(services));
  const findings: Finding[] = [];
  if (names.length > 0 && Object.hasOwn(mapOf(given), 'services')) {
    const message = 'a given is called `services`, as the templates call the services';
    findings.push({ path: ['given', 'services'], on: 'key', message, fix: 'Give it another name.' });
  }
  for (const [index, check] of listOf(checks).entries()) {
    const { requests, program } = mapOf(check);
    for (const name of Object.keys(mapOf(requests))) {
      if (names.includes(name)) continue;
      const there = names.length === 0 ? 'Add `services`.' : `There are these: ${names.join(', ')}.`;
      const path = ['checks', index, 'requests', name];
      findings.push({
        path,
        on: 'key',
        message: `no service is called \`${name}\``,
        fix: didYouMean(name, names) ?? there,
      });
    }
    if (names.length > 0) findings.push(...solutionRule(mapOf(program), ['checks', index, 'program']));
  }
  return findings;
}

/** The reference's requests would be taken for the learner's. */
function solutionRule(program: Readonly<Record<string, unknown>>, path: Finding['path']): Finding[] {
  return ['stdout', 'stderr']
    .filter((stream) => mapOf(program[stream]).from === 'solution')
    .map((stream) => ({
      path: [...path, stream, 'from'],
      message: 'the solution cannot run beside a program that uses services',
      fix: 'Say what must be printed, with the givens.',
    }));
}

/** Scripts of checks are files of the exercise. Runs on unvalidated data. */
export function scriptRules(checks: readonly unknown[], folder: { has(path: string): boolean }): Finding[] {
  return checks.flatMap((check, index) => {
    const { file } = mapOf(mapOf(check).script);
    if (typeof file !== 'string' || folder.has(file)) return [];
    const fix = "Put the program there; it is no part of the learner's files.";
    return [{ path: ['checks', index, 'script', 'file'], message: `there is no file ${file}`, fix }];
  });
}
