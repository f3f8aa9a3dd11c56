import { spawn } from 'node:child_process';
import os from 'node:os';
import { findMongosh, MONGOSH } from '../../engine/mongosh.ts';
import { mongoshHome } from '../../engine/tools/mongosh-home.ts';
import { cacheFolder } from '../../model/cache-folder.ts';
import { EXIT, TutorError } from '../../model/error.ts';
import type { Command } from '../context.ts';
import { needPackage } from '../needed-packages.ts';
import { openOwnDatabaseAnywhere } from '../own-database.ts';

/** `mongosh [-- args]`: the MongoDB shell on the learner's own database, which is served meanwhile. */
export const run: Command = async (context) => {
  if (findMongosh() === undefined) await needPackage(context, MONGOSH, context.say('mongoshName', MONGOSH));
  const shell = findMongosh();
  if (shell === undefined) throw new TutorError('mongosh cannot be found.', { exitCode: EXIT.tutorFailed });
  const database = await openOwnDatabaseAnywhere(context);
  try {
    const home = mongoshHome(cacheFolder());
    const uri = `mongodb://127.0.0.1:${database.port}/test`;
    const child = spawn(shell.file, [...shell.args, uri, '--quiet', ...context.rest], {
      stdio: 'inherit',
      env: { ...process.env, HOME: home, USERPROFILE: home, APPDATA: home, NODE_NO_WARNINGS: '1' },
    });
    return await new Promise<number>((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', (code, signal) => resolve(code ?? 128 + (os.constants.signals[signal ?? 'SIGTERM'] ?? 0)));
    });
  } finally {
    await database.close();
  }
};
