import type { Layer } from '../../model/layer.ts';
import { withLimits } from '../limits.ts';
import { asOrdinaryUser } from '../user.ts';

/** No isolation beyond what every run has: random givens, a short environment, limits, the end of its processes. */
export const plain: Layer = {
  name: 'none',
  stops: { ungranted: ['submission'], granted: ['submission'] },
  probe: () => Promise.resolve({ available: true }),
  wrap: (command, access) => asOrdinaryUser(withLimits(command, access, { countProcesses: false }), access),
  contains: () => false,
};
