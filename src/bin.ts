#!/usr/bin/env node
// Kept to what very old Nodes can parse (it is built for ES2015), so that they are told what is missing.
import { writeSync } from 'node:fs';
import nodeModule from 'node:module';
import { dirname, join } from 'node:path';
import { rootHelp } from './cli/help.ts';
import { asTyped } from './cli/invocation.ts';
import { cacheFolder } from './model/cache-folder.ts';

interface CliModule {
  main(argv: readonly string[], packageRoot: string): Promise<number>;
}

start(process.argv.slice(2));

function start(argv: readonly string[]): void {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    writeSync(
      2,
      `node-tutor needs Node.js 20.19 or newer, and this is ${process.version}. Get it from https://nodejs.org\n`,
    );
    process.exitCode = 2;
    return;
  }
  // Without a handler, SIGUSR1 opens the inspector, through which a submission could take the tutor over.
  process.on('SIGUSR1', () => {});
  const [only] = argv;
  if (argv.length === 1 && (only === '--version' || only === '-V')) {
    answer(`${process.env.NODE_TUTOR_VERSION}\n`);
  } else if (argv.length === 0 || (argv.length === 1 && (only === '--help' || only === '-h' || only === 'help'))) {
    answer(asTyped(rootHelp(), process.env));
  } else {
    runCli(argv);
  }
}

function runCli(argv: readonly string[]): void {
  keepCompiled();
  const cli: CliModule = require('./cli.cjs');
  cli.main(argv, dirname(__dirname)).then((code) => {
    process.exitCode = code;
  });
}

/** From Node.js 22.8 on, compiled code is kept between runs; in this user's own folder, because it is trusted as code is. */
function keepCompiled(): void {
  const { enableCompileCache } = nodeModule as { enableCompileCache?: (folder: string) => unknown };
  if (enableCompileCache) enableCompileCache(join(cacheFolder(), 'compiled'));
}

/** Written without process.stdout, which costs a millisecond to set up; that one takes over where the pipe is full. */
function answer(text: string): void {
  try {
    writeSync(1, text);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EAGAIN') process.stdout.write(text);
    else if (code !== 'EPIPE') throw error;
  }
}
