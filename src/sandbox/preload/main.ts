// Runs before the learner's code in every process and thread of a run: guards the handles, remaps ports, and waits for `go`.
import { WAITS } from '../environment.ts';
import { openChannel } from './channel.ts';
import { awaitGo } from './go.ts';
import { lockHandles } from './guard.ts';
import { remapPorts } from './ports.ts';

const waits = process.env[WAITS] !== undefined;
delete process.env[WAITS];
const channel = openChannel(waits);
const ports = remapPorts(channel.report);
if ('permission' in process) lockHandles(ports);
if (waits) {
  channel.report({ type: 'ready' });
  awaitGo();
  channel.follow();
}
