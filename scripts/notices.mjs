// The licences of the packages whose code is bundled into dist/, as their licences ask for.
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** Writes the name, version and licence text of every npm package that stands in the metafiles. */
export async function writeNotices(file, metafiles, root) {
  const folders = new Set();
  for (const metafile of metafiles) {
    for (const input of Object.keys(metafile.inputs)) {
      const folder = /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0];
      if (folder) folders.add(folder);
    }
  }
  const notices = [];
  for (const folder of [...folders].sort()) {
    const { name, version, license } = JSON.parse(await readFile(path.join(root, folder, 'package.json'), 'utf8'));
    const licenceFile = (await readdir(path.join(root, folder))).find((entry) => /^licen[cs]e/i.test(entry));
    const text = licenceFile ? await readFile(path.join(root, folder, licenceFile), 'utf8') : '';
    notices.push(`${name} ${version} (${license})\n\n${text.trim()}\n`);
  }
  await writeFile(file, notices.join(`\n${'-'.repeat(80)}\n\n`));
}
