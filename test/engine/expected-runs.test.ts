import { expect, it } from 'vitest';
import { loadExercise } from '../../src/course/exercise.ts';
import { openCourse } from '../../src/course/open.ts';
import { expectedRuns } from '../../src/engine/expected-runs.ts';
import { ROOT } from '../rig/cli.ts';

it.each([
  ['ejs-home', true],
  ['rest-posts-app', true],
  ['chats-app', false],
  ['upload-cloud', false],
  ['cluster-server', false],
  ['hello-node', false],
])('%s: a server may run beside the one before it: %s', async (id, startsAhead) => {
  const course = await openCourse({ cwd: ROOT, packageRoot: ROOT });
  expect(expectedRuns(await loadExercise(course, id))).toMatchObject({ startsAhead });
});
