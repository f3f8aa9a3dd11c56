// `npm start`: opens the course from a clone.
import { prepare, run } from './prepare.mjs';

prepare();
run('dist/bin.cjs', ['start', ...process.argv.slice(2)]);
