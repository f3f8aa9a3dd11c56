import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where the built tutor lies: `dist/` with the worker and the preload, and the package root that the learner's packages resolve from. */
export function tutorPaths(): { dist: string; root: string } {
  const dist = path.dirname(fileURLToPath(import.meta.url));
  return { dist, root: path.dirname(dist) };
}
