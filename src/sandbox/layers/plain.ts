import type { Layer } from '../../model/layer.ts';
import { withLimits } from '../limits.ts';
import { asOrdinaryUser } from '../user.ts';

/** No isolation beyond what every run has: random givens, a short environment, limits, the end of its processes. */
export const plain: Layer = {
  name: 'none',
  stops: [
    'forged-verdict',
    'early-exit',
    'flood',
    'endless-line',
    'endless-loop',
    'ignored-sigterm',
    'daemon',
    'daemon-stdout',
    'fork-bomb',
    'heap-bomb',
    'buffer-bomb',
    'read-environment',
    'wide-listen',
  ],
  probe: () => Promise.resolve({ available: true }),
  wrap: (command, access) => asOrdinaryUser(withLimits(command, access, { countProcesses: false }), access),
  contains: () => false,
};
