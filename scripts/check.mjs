// `npm run check`: types, lint with the table of allowed imports, unused code, and the package as it would be published.
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { bin, prepare, root, run } from './prepare.mjs';

prepare();
run(bin('typescript', 'bin', 'tsc'), ['-p', '.']);
run(bin('@biomejs', 'biome', 'bin', 'biome'), ['ci', '--error-on-warnings', '.']);
run(bin('knip', 'bin', 'knip.js'));

const { messages, pkg } = await publint({ pkgDir: root, strict: true });
for (const message of messages.filter((message) => !isCourse(message))) {
  console.error(`${message.type}: ${formatMessage(message, pkg)}`);
  process.exitCode = 1;
}

/** Learners' code mixes up the kinds of modules on purpose. */
function isCourse({ args }) {
  return args.actualFilePath?.startsWith('/exercises/') ?? false;
}
