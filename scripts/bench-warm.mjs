// Save → verdict with all that stands ready, against a cold `node index.js` to its first answer, measured in the same rounds.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { root } from './prepare.mjs';

/** How long a learner types at least, in milliseconds: until then the next children are up. */
const TYPING = 1_000;
/** Servers with a page, and a program that its checks start several times, for which more children must get ready. */
const EXERCISES = [
  { id: 'express-hello', page: '/' },
  { id: 'books-api', page: '/api/books' },
  { id: 'chats-app', page: '/chats' },
  { id: 'mongoose-validation', args: ['age', 'nobody@example.org', '30'], typing: 3 * TYPING },
];
/** Tells the port on stdout, whichever is asked for. */
const TELL_PORT = `const { Server } = require('node:net');
const { listen } = Server.prototype;
Server.prototype.listen = function (port, ...rest) {
  this.once('listening', () => process.stdout.write(this.address().port + '\\n'));
  return listen.call(this, 0, ...rest);
};
`;

/**
 * @param options.layers isolation layers to measure in
 * @returns by exercise: milliseconds of the cold starts, and by layer of the first warm results and the warm verdicts
 */
export async function measureWarm({ rounds, layers }) {
  const folder = mkdtempSync(path.join(tmpdir(), 'node-tutor-bench-'));
  // An app that node_modules resolves for as in a run: a copy inside the clone.
  mkdirSync(path.join(root, 'node_modules', '.cache'), { recursive: true });
  const inside = mkdtempSync(path.join(root, 'node_modules', '.cache', 'node-tutor-bench-'));
  const tellPort = path.join(folder, 'tell-port.cjs');
  writeFileSync(tellPort, TELL_PORT);
  const { openStandingGrader, openCourse } = await loadGrader(inside);
  const course = await openCourse({ cwd: root, packageRoot: root });
  const database = spawn(process.execPath, [path.join(root, 'dist', 'database.cjs'), '{"port":0,"host":"127.0.0.1"}'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const { port } = JSON.parse(await firstLine(database));
  const env = { ...process.env, MONGODB_URI: `mongodb://127.0.0.1:${port}/bench` };
  const measured = [];
  try {
    for (const { id, page, args = [], typing = TYPING } of EXERCISES) {
      const solution = path.join(root, 'exercises', id, 'solution');
      const app = path.join(inside, id);
      cpSync(solution, app, { recursive: true });
      const cold = [];
      const warm = [];
      for (const layer of layers) {
        const submission = path.join(folder, `${id}-${layer}`);
        cpSync(solution, submission, { recursive: true });
        const isolation = { layer: layer === 'strict' ? 'bubblewrap' : layer };
        const grader = await openStandingGrader({ course, exercise: id, submission, isolation, language: 'en' });
        const samples = [];
        for (let round = -1; round < rounds; round++) {
          const sample = await saveToVerdict(grader, submission);
          if (round >= 0) samples.push(sample);
          await new Promise((resolve) => setTimeout(resolve, typing));
          cold.push(await firstAnswer([`--require=${tellPort}`, 'index.js', ...args], { cwd: app, env, page }));
        }
        await grader.close();
        warm.push({
          layer,
          first: samples.map(({ first }) => first),
          verdict: samples.map(({ verdict }) => verdict),
        });
      }
      measured.push({ id, cold, warm });
    }
  } finally {
    database.kill();
    for (const made of [folder, inside]) rmSync(made, { recursive: true, force: true });
  }
  return measured;
}

/** The engine's own modules, with `dist/` as their place. */
async function loadGrader(folder) {
  const outfile = path.join(folder, 'grader.cjs');
  await build({
    absWorkingDir: root,
    stdin: {
      contents:
        "export { openStandingGrader } from './src/engine/standing-grader.ts'; export { openCourse } from './src/course/open.ts';",
      resolveDir: root,
    },
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    packages: 'external',
    logLevel: 'warning',
    define: { 'import.meta.url': JSON.stringify(pathToFileURL(path.join(root, 'dist', 'cli.cjs')).href) },
  });
  return createRequire(outfile)(outfile);
}

async function saveToVerdict(grader, submission) {
  appendFileSync(path.join(submission, 'index.js'), '// saved\n');
  const started = performance.now();
  let first;
  for await (const event of grader.grade({})) {
    const milliseconds = performance.now() - started;
    first ??= milliseconds;
    if (event.type === 'result') continue;
    if (event.type === 'error' || event.verdict.status !== 'passed') throw new Error(JSON.stringify(event));
    return { first, verdict: milliseconds };
  }
  throw new Error('There was no verdict.');
}

/** Of a program without a page, until its end. */
async function firstAnswer(args, { cwd, env, page }) {
  const started = performance.now();
  const app = spawn(process.execPath, args, { cwd, env, stdio: ['ignore', 'pipe', page ? 'inherit' : 'ignore'] });
  if (page === undefined) {
    await once(app, 'exit');
    return performance.now() - started;
  }
  const port = await firstLine(app);
  const [answer] = await once(http.get({ host: '127.0.0.1', port, path: page, agent: false }), 'response');
  await once(answer.resume(), 'end');
  const milliseconds = performance.now() - started;
  if (answer.statusCode !== 200) throw new Error(`${cwd} answered ${page} with ${answer.statusCode}.`);
  // What its end costs is not to be measured with the next verdict.
  const gone = once(app, 'exit');
  app.kill('SIGKILL');
  await gone;
  return milliseconds;
}

async function firstLine(child) {
  let text = '';
  for await (const chunk of child.stdout) {
    text += chunk;
    if (text.includes('\n')) return text.slice(0, text.indexOf('\n'));
  }
  throw new Error(`It ended before it said anything: ${text}`);
}
