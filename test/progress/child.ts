// A process of the progress tests: adds one to a count, as often as it is told, and says so each time.
import type { Progress } from '../../src/model/progress.ts';
import { openProgress } from '../../src/progress/store.ts';

const [workspace = '', exercise = '', times = '1'] = process.argv.slice(2);
const store = openProgress({ workspace, course: 'tiny', onDamaged: () => process.stdout.write('damaged\n') });

addAll().catch((error: unknown) => {
  process.stderr.write(`${error}\n`);
  process.exitCode = 1;
});

async function addAll(): Promise<void> {
  for (let count = 0; count < Number(times); count++) {
    await store.update(addOne);
    process.stdout.write('+');
  }
}

function addOne(progress: Progress): Progress {
  const attempts = (progress.exercises[exercise]?.attempts ?? 0) + 1;
  const entry = { attempts, lastAt: '2026-01-01T00:00:00.000Z', points: { earned: 0, possible: 1 }, hints: {} };
  return { ...progress, exercises: { ...progress.exercises, [exercise]: entry } };
}
