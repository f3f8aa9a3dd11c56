import { spawn } from 'node:child_process';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type CauseCase, describeCauses } from '../rig/causes.ts';
import { edited } from '../rig/edited.ts';
import { LAYERS } from '../rig/layers.ts';
import { verdictOf } from '../rig/verdict.ts';

const EXEC_FILE = 'execFile(process.execPath, [tool, file], (error, stdout, stderr) => {';
const SHELL = "require('node:child_process').exec('node words.js \"' + file + '\"', (error, stdout, stderr) => {";
const READLINE = 'readline.createInterface({ input: child.stdout })';

const cases: Readonly<Record<string, CauseCase>> = {
  'child-returned': {
    exercise: 'run-command',
    has: {
      'index.js': [
        [EXEC_FILE, `const child = ${EXEC_FILE}`],
        ['console.log(`words.js says: ${stdout.trim()}`);', 'console.log(`words.js says: ${child}`);'],
      ],
    },
    alike: { 'index.js': [['${stdout.trim()}', '${stdout.what}']] },
    right: {
      'index.js': [
        [EXEC_FILE, `const child = ${EXEC_FILE}`],
        ['  if (error)', '  console.error(`[object Object] ${child}`);\n  if (error)'],
      ],
    },
  },
  'shell-injection': {
    exercise: 'run-command',
    has: { 'index.js': [[EXEC_FILE, SHELL]] },
    alike: { 'index.js': [['const file = process.argv[2];', "const file = process.argv[2].split(' ')[0];"]] },
    right: {
      'index.js': [[EXEC_FILE, `require('node:child_process').exec('node -v', () => {});\n${EXEC_FILE}`]],
    },
  },
  'shell-injection (by option)': {
    exercise: 'run-command',
    has: { 'index.js': [['[tool, file], (', '[tool, file], { shell: true }, (']] },
    alike: { 'index.js': [['[tool, file], (', "[tool, ...file.split(' ')], { shell: false }, ("]] },
    right: { 'index.js': [['[tool, file], (', '[tool, file], { shell: false }, (']] },
  },
  'max-buffer': {
    exercise: 'spawn-stream',
    has: {
      'index.js': [
        [
          'const child = spawn(process.execPath, [tool, ...process.argv.slice(2)]);',
          'const child = require("node:child_process").execFile(process.execPath, [tool, ...process.argv.slice(2)], (error) => {\n  if (error?.code?.length) console.error(error.code);\n});',
        ],
      ],
    },
    alike: {
      'index.js': [['console.log(`backup: ${line}`);', 'if (!line.includes("last")) console.log(`backup: ${line}`);']],
    },
    right: {
      'index.js': [
        [
          "const path = require('node:path');",
          "const path = require('node:path');\nconsole.error('maxBuffer length exceeded');",
        ],
      ],
    },
  },
  'output-collected': {
    exercise: 'spawn-stream',
    has: {
      'index.js': [
        [
          `${READLINE}.on('line', (line) => {\n  console.log(\`backup: \${line}\`);\n});`,
          `let lines = '';\n${READLINE}.on('line', (line) => {\n  lines += \`backup: \${line}\\n\`;\n});\nchild.stdout.on('end', () => process.stdout.write(lines));`,
        ],
      ],
    },
    alike: {
      'index.js': [['spawn(process.execPath, [tool,', "spawn(process.execPath, ['-e', 'setTimeout(() => {}, 9000)',"]],
    },
    right: {
      'index.js': [
        [
          READLINE,
          "let all = '';\nchild.stdout.on('data', (data) => {\n  all += data;\n});\nchild.on('exit', () => console.error(all.length));\n" +
            READLINE,
        ],
      ],
    },
  },
  'no-post-message': {
    exercise: 'worker-upper',
    has: { 'worker.js': [['parentPort.postMessage(', 'console.error(']] },
    alike: { 'worker.js': [['workerData.toUpperCase()', 'workerData.toLowerCase()']] },
    right: { 'worker.js': [['parentPort.postMessage(', "parentPort['post' + 'Message']("]] },
  },
  'no-post-message (server)': {
    exercise: 'worker-sum',
    has: { 'worker.js': [['parentPort.postMessage(', 'module.exports = (']] },
    alike: { 'worker.js': [['addSteps(workerData)', 'addSteps(workerData) + 1']] },
    right: { 'worker.js': [['parentPort.postMessage(', "parentPort['post' + 'Message']("]] },
  },
  'one-pid': {
    exercise: 'cluster-server',
    has: {
      'index.js': [
        ['cluster.isPrimary', 'cluster.isWorker'],
        ['cluster.fork();', ''],
      ],
    },
    alike: { 'index.js': [['{ pid: process.pid }', '{ pid: process.ppid }']] },
    right: { 'index.js': [['cluster.fork()', "cluster['fork']()"]] },
  },
  'listening-in-primary': {
    exercise: 'cluster-server',
    has: {
      'index.js': [
        ['} else {', '}\n{'],
        ["  cluster.on('exit'", "  process.on('exit'"],
      ],
    },
    alike: { 'index.js': [['{ pid: process.pid }', '{ pid: process.ppid }']] },
    right: {
      'index.js': [
        [
          'if (cluster.isPrimary) {',
          "if (cluster.isPrimary) {\n  process.on('SIGUSR2', () => http.createServer().listen(3001));",
        ],
      ],
    },
  },
  'no-exit-handler': {
    exercise: 'cluster-server',
    has: { 'index.js': [["cluster.on('exit'", "process.on('exit'"]] },
    alike: { 'index.js': [['i < count', 'i < 1']] },
    right: { 'index.js': [["cluster.on('exit'", "cluster['on']('exit'"]] },
  },
  'no-exit-handler (once)': {
    exercise: 'cluster-server',
    has: { 'index.js': [["cluster.on('exit'", "cluster.once('exit'"]] },
    alike: { 'index.js': [['process.env.WORKERS', '1']] },
    right: {
      'index.js': [
        ["  cluster.on('exit'", "  cluster.once('exit', () => console.log('the first one'));\n  cluster.on('exit'"],
      ],
    },
  },
  'no-process-send': {
    exercise: 'fork-mailer',
    has: { 'mailer.js': [['process.send(', 'console.log(']] },
    alike: { 'mailer.js': [['process.send({ to, sent: true });', 'process.send({ to, sent: 1 });']] },
    right: { 'mailer.js': [['process.send(', "process['send']("]] },
  },
};

const EXERCISES = ['run-command', 'spawn-stream', 'fork-mailer', 'worker-upper', 'worker-sum', 'cluster-server'];

describeCauses(cases);

describe('layers that hold a program with children', () => {
  it.each(LAYERS.flatMap((layer) => EXERCISES.map((id) => [id, layer])))('%s under %s', async (id, layer) => {
    const verdict = await verdictOf(id, edited(id, {}), ['--isolate', layer]);
    expect(verdict).toMatchObject({ status: 'passed', advice: [] });
  });
});

describe('a process id that an answer names', () => {
  const cluster = (pid: string) =>
    edited('cluster-server', { 'index.js': [['{ pid: process.pid }', `{ pid: ${pid} }`]] });

  it.each(LAYERS)('is killed only where it is a process of the run, under %s', async (layer) => {
    const outsider = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
    onTestFinished(() => void outsider.kill('SIGKILL'));
    const pid = `Number(process.env.WORKERS) === 0 ? 0 : ${outsider.pid} + 100000 * (cluster.worker.id - 1)`;
    const { status, results } = await verdictOf('cluster-server', cluster(pid), ['--isolate', layer]);
    expect(status).toBe('failed');
    expect(JSON.stringify(results)).toContain('no process of your program');
    expect(outsider.exitCode ?? outsider.signalCode).toBeNull();
  });
});

describe('a worker that has ended', () => {
  const starting = (code: string) =>
    edited('cluster-server', {
      'index.js': [['signal ?? code}`);\n    cluster.fork();', `signal ?? code}\`);\n    ${code}`]],
    });

  it('may be replaced a little later', async () => {
    const { status } = await verdictOf('cluster-server', starting('setTimeout(() => cluster.fork(), 1200);'));
    expect(status).toBe('passed');
  });

  it('is missed when something else is started in its place', async () => {
    const { results } = await verdictOf(
      'cluster-server',
      starting("require('node:child_process').fork(__filename, { execArgv: ['-e', ''] });"),
    );
    expect(results.map(({ status }) => status)).toEqual(['passed', 'passed', 'failed', 'skipped']);
  });
});
