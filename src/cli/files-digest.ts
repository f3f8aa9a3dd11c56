import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { surveySubmission } from '../sandbox/submission.ts';

/** A short name for the files of a submission as they are now; undefined when they cannot be read. */
export async function filesDigest(folder: string): Promise<string | undefined> {
  const hash = createHash('sha256');
  try {
    const { files } = surveySubmission(folder);
    for (const file of [...files].sort()) {
      const content = await readFile(path.join(folder, file));
      hash.update(`${file}\0${content.length}\0`).update(content);
    }
  } catch {
    return undefined;
  }
  return hash.digest('base64url').slice(0, 22);
}
