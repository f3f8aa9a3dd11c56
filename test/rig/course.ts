import path from 'node:path';
import { makeRig, ROOT } from './cli.ts';
import type { Files, ShortVerdict } from './verdict.ts';
import { verdictOfFolder } from './verdict.ts';

/** A course whose exercises use the kinds of checks. */
export const KINDS_COURSE = path.join(ROOT, 'fixtures', 'courses', 'kinds');

/**
 * What the built command says to a submission for an exercise that is made for this one test.
 * @param manifest YAML of the exercise from its second line on: entry, given, checks
 */
export async function verdictWith(manifest: string, files: Files, args: readonly string[] = []): Promise<ShortVerdict> {
  return verdictWithOwn({ manifest, own: {}, files, args });
}

/** The same, with files of the exercise's own, such as scripts of its checks. */
export async function verdictWithOwn(options: {
  manifest: string;
  own: Files;
  files: Files;
  args: readonly string[];
}): Promise<ShortVerdict> {
  const { manifest, own, files, args } = options;
  const rig = await makeRig();
  const exercise = 'course/exercises/one';
  await rig.write('course/course.yaml', COURSE);
  await rig.write('course/lessons/01-first/01-one.md', '---\nid: one\ntitle: One\nexercises: [one]\n---\nText.\n');
  await rig.write(`${exercise}/README.md`, '# One\n');
  await rig.write(`${exercise}/exercise.yaml`, `formatVersion: 1\nid: one\ntitle: One\n${manifest}`);
  const entry = /^entry: (\S+)$/m.exec(manifest)?.[1] ?? 'index.js';
  for (const folder of ['starter', 'solution']) await rig.write(`${exercise}/${folder}/${entry}`, '0;\n');
  for (const [name, text] of Object.entries(own)) await rig.write(`${exercise}/${name}`, text);
  for (const [name, text] of Object.entries(files)) await rig.write(`submission/${name}`, text);
  const folder = path.join(rig.folder, 'submission');
  return verdictOfFolder('one', folder, ['--course', path.join(rig.folder, 'course'), ...args]);
}

const COURSE = `formatVersion: 1
id: made
version: 1.0.0
title: Made for a test
languages: [en]
tracks:
  - id: first
    title: First
`;
