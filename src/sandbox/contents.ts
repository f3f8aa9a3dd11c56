import fs from 'node:fs';
import path from 'node:path';
import { contentChunks } from '../model/content.ts';
import type { FileContent, WorkContents } from '../model/files.ts';
import type { User } from '../model/layer.ts';

/** Puts files and folders into a work folder whose program waits still; what is in their way of the submission goes. */
export function putContents(contents: WorkContents, work: string, owner?: User): void {
  const own = owner === undefined ? () => {} : (file: string) => fs.lchownSync(file, owner.uid, owner.gid);
  const folders = new Set([...contents.folders, ...(contents.cwd === undefined ? [] : [contents.cwd])]);
  for (const folder of folders) makeFolder(work, folder, own);
  for (const [file, content] of Object.entries(contents.files)) {
    makeFolder(work, path.posix.dirname(file), own);
    const target = path.join(work, ...file.split('/'));
    fs.rmSync(target, { recursive: true, force: true });
    writeContent(target, content);
    own(target);
  }
}

/** Saves files into the work folder of a running program: in place, as most editors do, and through no link. */
export function saveContents(contents: WorkContents, work: string, owner?: User): void {
  const others = Object.entries(contents.files).filter(([file, content]) => {
    const target = path.join(work, ...file.split('/'));
    if (!fs.lstatSync(target, { throwIfNoEntry: false })?.isFile()) return true;
    writeContent(target, content, fs.constants.O_WRONLY | fs.constants.O_TRUNC | (fs.constants.O_NOFOLLOW ?? 0));
    return false;
  });
  putContents({ files: Object.fromEntries(others), folders: contents.folders }, work, owner);
}

function makeFolder(work: string, folder: string, own: (file: string) => void): void {
  let target = work;
  for (const part of folder.split('/')) {
    if (part === '.') continue;
    target = path.join(target, part);
    if (fs.lstatSync(target, { throwIfNoEntry: false })?.isDirectory()) continue;
    fs.rmSync(target, { force: true });
    fs.mkdirSync(target);
    own(target);
  }
}

function writeContent(file: string, content: FileContent, flags: string | number = 'wx'): void {
  const descriptor = fs.openSync(file, flags, 0o644);
  try {
    for (const chunk of contentChunks(content)) fs.writeSync(descriptor, chunk);
  } finally {
    fs.closeSync(descriptor);
  }
}
