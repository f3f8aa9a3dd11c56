// `npm test`: every test through the built command; the last line counts them for CI.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { bin, prepare, root } from './prepare.mjs';

prepare();
const folder = mkdtempSync(path.join(tmpdir(), 'node-tutor-test-'));
const outputFile = path.join(folder, 'results.json');
const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${outputFile}`];
const vitest = [bin('vitest', 'vitest.mjs'), 'run', ...reporters, ...process.argv.slice(2)];
const { status } = spawnSync(process.execPath, vitest, { cwd: root, stdio: 'inherit' });
const { numPassedTests, numFailedTests, numPendingTests, numFailedTestSuites, testResults } = JSON.parse(
  readFileSync(outputFile, 'utf8'),
);
rmSync(folder, { recursive: true, force: true });
const suitesThatDidNotRun = testResults.filter(
  (suite) => suite.status === 'failed' && suite.assertionResults.length === 0,
);
const failed = numFailedTests + suitesThatDidNotRun.length;
for (const suite of suitesThatDidNotRun) console.error(`did not run: ${suite.name}\n${suite.message}`);
if (numPendingTests > 0) console.log(`${numPendingTests} skipped: each says above what this machine lacks`);
console.log(`${numPassedTests} passed, ${failed} failed`);
process.exit(status !== 0 || failed > 0 || numFailedTestSuites > 0 || numPassedTests === 0 ? 1 : 0);
