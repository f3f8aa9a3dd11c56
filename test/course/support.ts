import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { formatDiagnostic } from '../../src/course/diagnostics.ts';
import { validateCourse } from '../../src/course/validate.ts';

export const projectRoot = path.resolve(import.meta.dirname, '../..');
export const courses = path.join(projectRoot, 'fixtures', 'courses');

/** A folder of its own for one test, removed after it. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'node-tutor-course-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** A copy of the tiny course with some files replaced, added or (null) removed. */
export async function tinyWith(changes: Readonly<Record<string, string | Uint8Array | null>>): Promise<string> {
  const folder = path.join(await temporaryFolder(), 'tiny');
  await cp(path.join(courses, 'tiny'), folder, { recursive: true });
  for (const [file, content] of Object.entries(changes)) {
    const target = path.join(folder, file);
    await rm(target, { recursive: true, force: true });
    if (content === null) continue;
    await mkdir(path.dirname(target), { recursive: true });
    await writeFile(target, content);
  }
  return folder;
}

/** All faults of a course as they are shown. */
export async function faultsOf(folder: string): Promise<string> {
  const { diagnostics } = await validateCourse(folder);
  return diagnostics.map(formatDiagnostic).join('\n');
}
