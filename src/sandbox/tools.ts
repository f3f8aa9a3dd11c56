import fs from 'node:fs';
import path from 'node:path';

/** Full path of a system tool, or undefined; looked for where systems keep them, then on the PATH. */
export function findTool(name: string): string | undefined {
  const folders = [
    '/usr/bin',
    '/bin',
    '/usr/sbin',
    '/sbin',
    '/usr/local/bin',
    ...(process.env.PATH ?? '').split(path.delimiter),
  ];
  for (const folder of folders) {
    const file = path.join(folder, name);
    if (path.isAbsolute(file) && fs.existsSync(file)) return file;
  }
  return undefined;
}
