import fs from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { EXIT, TutorError } from '../../src/model/error.ts';
import { SUBMISSION_LIMITS } from '../../src/model/run.ts';
import { copySubmission, surveySubmission } from '../../src/sandbox/submission.ts';
import { isRoot } from '../../src/sandbox/user.ts';
import { tempFolder, writeFiles } from './rig.ts';

let folder = '';
beforeEach(() => {
  folder = tempFolder();
});
afterEach(() => fs.rmSync(folder, { recursive: true }));

function refusalOf(submission: string): TutorError {
  try {
    surveySubmission(submission);
  } catch (error) {
    if (error instanceof TutorError) return error;
    throw error;
  }
  throw new Error('it was not refused');
}

test('copies files and folders, empty ones too, and leaves packages and git behind', () => {
  writeFiles(folder, {
    'in/index.js': 'one',
    'in/lib/deep/two.js': 'two',
    'in/.env': 'three',
    'in/node_modules/x/index.js': 'no',
    'in/.git/HEAD': 'no',
  });
  fs.mkdirSync(path.join(folder, 'in', 'views'));
  fs.mkdirSync(path.join(folder, 'out'));
  copySubmission(surveySubmission(path.join(folder, 'in')), path.join(folder, 'out'));
  expect(fs.readdirSync(path.join(folder, 'out'), { recursive: true }).sort()).toEqual(
    ['.env', 'index.js', 'lib', path.join('lib', 'deep'), path.join('lib', 'deep', 'two.js'), 'views'].sort(),
  );
  expect(fs.readFileSync(path.join(folder, 'out/lib/deep/two.js'), 'utf8')).toBe('two');
});

test('a missing folder and a file are misuse', () => {
  writeFiles(folder, { file: '' });
  expect(refusalOf(path.join(folder, 'none'))).toMatchObject({ exitCode: EXIT.misuse });
  expect(refusalOf(path.join(folder, 'file'))).toMatchObject({ exitCode: EXIT.misuse });
});

test.each(['/etc/passwd', 'index.js', 'nowhere'])('a symbolic link to %s fails the submission', (target) => {
  writeFiles(folder, { 'index.js': '' });
  fs.symlinkSync(target, path.join(folder, 'link.js'));
  const refusal = refusalOf(folder);
  expect(refusal).toMatchObject({ exitCode: EXIT.failed });
  expect(refusal.message).toContain('link.js is a symbolic link');
});

test('a hard link fails the submission', () => {
  writeFiles(folder, { secret: 'x', 'in/index.js': '' });
  fs.linkSync(path.join(folder, 'secret'), path.join(folder, 'in', 'mine.js'));
  expect(refusalOf(path.join(folder, 'in')).message).toContain('mine.js is a hard link');
});

test('50,000 files fail the submission before they are looked at', () => {
  for (let index = 0; index < 50_000; index++) fs.closeSync(fs.openSync(path.join(folder, `${index}`), 'w'));
  expect(refusalOf(folder).message).toContain(`more than ${SUBMISSION_LIMITS.files} files`);
});

test('a file of 2 GB fails the submission without being read', () => {
  const file = fs.openSync(path.join(folder, 'big'), 'w');
  fs.ftruncateSync(file, 2 * 1024 ** 3);
  fs.closeSync(file);
  expect(refusalOf(folder).message).toContain('64 MB');
});

test('folders nested too deeply fail the submission', () => {
  fs.mkdirSync(path.join(folder, ...Array(SUBMISSION_LIMITS.depth + 1).fill('a')), { recursive: true });
  expect(refusalOf(folder).message).toContain('nested');
});

test.skipIf(isRoot())('a file that cannot be read fails the submission, and is named', () => {
  writeFiles(folder, { 'in/index.js': '', 'out/x': '' });
  fs.chmodSync(path.join(folder, 'in/index.js'), 0);
  const survey = surveySubmission(path.join(folder, 'in'));
  expect(() => copySubmission(survey, path.join(folder, 'out'))).toThrow(/index\.js cannot be read/);
});

test("finds the learner's own packages, but takes no other folder for them", () => {
  writeFiles(folder, { 'a/node_modules/x/index.js': '', 'secrets/key': '', 'b/index.js': '' });
  fs.symlinkSync('../secrets', path.join(folder, 'b', 'node_modules'));
  expect(surveySubmission(path.join(folder, 'a')).nodeModules).toBe(path.join(folder, 'a', 'node_modules'));
  expect(surveySubmission(path.join(folder, 'b')).nodeModules).toBeUndefined();
});
