// A small grader in a process of its own, so that a hostile program has something to attack: one run, its outcome as JSON.
import { openSandbox } from '../../src/sandbox/sandbox.ts';
import type { RigJob, RigResult } from './rig.ts';

async function main(job: RigJob): Promise<RigResult> {
  const sandbox = await openSandbox(job.sandbox);
  const run = await sandbox.prepare(job.launch);
  const program = run.go(job.go);
  const pages: string[] = [];
  for (const target of job.requests) {
    const first = await program.listening;
    if (!('port' in first)) break;
    pages.push(await (await fetch(`http://127.0.0.1:${first.port}${target}`)).text());
  }
  const outcome = job.requests.length > 0 ? await program.stop() : await program.outcome;
  await sandbox.close();
  return { outcome, pages, memory: process.resourceUsage().maxRSS * 1024 };
}

main(JSON.parse(process.argv[2] ?? '')).then((result) => process.stdout.write(JSON.stringify(result)));
