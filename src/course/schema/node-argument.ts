import * as z from 'zod';
import { schemaMessage } from '../issues.ts';

const NODE_ARGUMENT =
  /^(-i|--interactive|--expose-gc|--no-warnings|--trace-warnings|--trace-uncaught|--trace-exit|--enable-source-maps|--unhandled-rejections=[a-z-]+|--max-old-space-size=\d{1,5})$/;

/** An option of node that cannot weaken the sandbox. */
export const nodeArgument = z.string().regex(NODE_ARGUMENT, {
  error: schemaMessage(
    'node may not be started with this',
    'Allowed: -i, --expose-gc, --no-warnings, --trace-warnings, --trace-uncaught, --trace-exit, --enable-source-maps, --unhandled-rejections=…, --max-old-space-size=….',
  ),
});
