// `npm run check`: types, lint with the table of allowed imports, unused code, and the package as it would be published.
import { bin, prepare, run } from './prepare.mjs';

prepare();
run(bin('typescript', 'bin', 'tsc'), ['-p', '.']);
run(bin('@biomejs', 'biome', 'bin', 'biome'), ['ci', '--error-on-warnings', '.']);
run(bin('knip', 'bin', 'knip.js'));
run(bin('publint', 'src', 'cli.js'), ['--strict']);
