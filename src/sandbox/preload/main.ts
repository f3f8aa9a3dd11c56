// Runs before the learner's code in every process and thread of a run: guards the handles, remaps ports, and waits for `go`.
import { KEEPS_PORTS, WAITS } from '../environment.ts';
import { openChannel } from './channel.ts';
import { awaitGo } from './go.ts';
import { isDenied, lockHandles } from './guard.ts';
import { blockOutput } from './output.ts';
import { type Reach, remapPorts } from './ports.ts';
import { hideOwnWarnings } from './warnings.ts';

/** Ten frames, the default, may all lie in a package and hide the learner's line. Set here, because a V8 flag at the start costs 15 ms. */
Error.stackTraceLimit = 50;

const waits = process.env[WAITS] !== undefined;
delete process.env[WAITS];
const guarded = 'permission' in process;
const channel = openChannel(waits);
remapPorts(channel.report, {
  reach: guarded ? guardedReach() : 'anywhere',
  keeps: process.env[KEEPS_PORTS] !== undefined,
});
if (guarded) {
  hideOwnWarnings();
  lockHandles();
}
if (waits) {
  blockOutput();
  channel.report({ type: 'ready' });
  awaitGo();
  channel.follow();
}

/** Processes and threads of one run do not know each other's ports. */
function guardedReach(): Reach {
  return isDenied('child') && isDenied('worker') ? 'own' : 'loopback';
}
