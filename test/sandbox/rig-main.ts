// A small grader in a process of its own, so that a hostile program has something to attack: one run, its outcome as JSON.

import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import net from 'node:net';
import { openSandbox } from '../../src/sandbox/sandbox.ts';
import type { RigJob, RigResult } from './rig.ts';

let signals = 0;
process.on('SIGUSR1', () => {
  signals++;
});

async function main(job: RigJob): Promise<RigResult> {
  let connections = 0;
  let datagrams = 0;
  const server = net.createServer((socket) => {
    connections++;
    socket.destroy();
  });
  server.listen(0, '127.0.0.1');
  const udp = createSocket('udp4').on('message', () => {
    datagrams++;
  });
  udp.bind(0, '127.0.0.1');
  await Promise.all([once(server, 'listening'), once(udp, 'listening')]);
  const sandbox = await openSandbox(job.sandbox);
  const run = await sandbox.prepare(job.launch);
  const env = {
    ...job.go.env,
    FOREIGN_PORT: String((server.address() as AddressInfo).port),
    FOREIGN_UDP_PORT: String(udp.address().port),
  };
  const program = run.go({ ...job.go, env });
  const pages: string[] = [];
  for (const target of job.requests) {
    const first = await program.listening;
    if (!('port' in first)) break;
    pages.push(await (await fetch(`http://127.0.0.1:${first.port}${target}`)).text());
  }
  const outcome = job.requests.length > 0 ? await program.stop() : await program.outcome;
  await sandbox.close();
  server.close();
  udp.close();
  return { outcome, pages, signals, connections, datagrams, memory: process.resourceUsage().maxRSS * 1024 };
}

main(JSON.parse(process.argv[2] ?? '')).then((result) => process.stdout.write(JSON.stringify(result)));
