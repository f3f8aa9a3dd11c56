// Runs Mongoose's own tests, from a checkout with its packages installed, against a server.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** @returns how many passed, failed and were left out by the suite itself, and the titles of those that failed */
export function runMongooseSuite({ folder, uri }) {
  const temp = mkdtempSync(path.join(tmpdir(), 'node-tutor-conformance-'));
  const output = path.join(temp, 'results.json');
  try {
    spawnSync(
      process.execPath,
      [
        path.join(folder, 'node_modules', 'mocha', 'bin', 'mocha.js'),
        ...['--exit', '--reporter', 'json', '--reporter-option', `output=${output}`],
        ...['--ignore', 'test/encryption/**/*.test.js', './test/**/*.test.js'],
      ],
      { cwd: folder, env: { ...process.env, MONGOOSE_TEST_URI: `${uri}/mongoose_test` }, stdio: 'ignore' },
    );
    const { stats, failures } = JSON.parse(readFileSync(output, 'utf8'));
    return { ...stats, failed: failures.map(({ fullTitle, err }) => `${fullTitle}: ${err.message?.split('\n')[0]}`) };
  } finally {
    rmSync(temp, { recursive: true, force: true });
  }
}
